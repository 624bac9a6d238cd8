"""Headless Chromium through its remote debugging pipe, for tests of pages: no driver, no network.

    with Browser() as browser:
        page = browser.page()
        page.open(path)
        page.run("document.title")
"""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome"]


def program():
    """Where Chromium is, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One browser; everything it does goes through two pipes (file descriptors 3 and 4)."""

    def __init__(self, seconds=60):
        self.seconds, self.last, self.said, self.rest = seconds, 0, [], b""
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()

        def descriptors():
            os.dup2(to_read, 103)
            os.dup2(to_write, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen(
            [program(), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--disable-component-update", "--hide-scrollbars", "--force-color-profile=srgb",
             "--host-resolver-rules=MAP * ~NOTFOUND",  # no network: what is asked for is seen, and not found
             "--user-data-dir=" + self.folder.name, "about:blank"],
            preexec_fn=descriptors, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        os.close(self.to)
        os.close(self.back)
        self.folder.cleanup()

    def message(self, end):
        """The next message of the browser."""
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.back], [], [], max(0, end - time.monotonic()))
            more = os.read(self.back, 1 << 20) if ready else b""
            if not more:
                raise TimeoutError("the browser does not answer")
            self.rest += more
        said, self.rest = self.rest.split(b"\0", 1)
        return json.loads(said)

    def ask(self, method, session=None, **params):
        """One command and its result; events meanwhile are kept."""
        self.last += 1
        asked = {"id": self.last, "method": method, "params": params}
        if session:
            asked["sessionId"] = session
        data = json.dumps(asked).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        end = time.monotonic() + self.seconds
        while True:
            message = self.message(end)
            if message.get("id") == self.last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.said.append(message)

    def page(self):
        return Page(self)


class Page:
    """A tab."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(domain + ".enable")

    def ask(self, method, **params):
        return self.browser.ask(method, self.session, **params)

    def size(self, width, height, mobile=False):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                 mobile=mobile)

    def scheme(self, name):
        """light or dark, as the system has it."""
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def scripts(self, allowed):
        self.ask("Emulation.setScriptExecutionDisabled", value=not allowed)

    def ignore_policy(self):
        """The page's Content-Security-Policy counts for nothing."""
        self.ask("Page.setBypassCSP", enabled=True)

    def before(self, script):
        """Runs in every page before its own scripts."""
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, path):
        """Opens a file and waits until it is loaded."""
        del self.browser.said[:]
        self.ask("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        end = time.monotonic() + self.browser.seconds
        while not self.events("Page.loadEventFired"):
            self.browser.said.append(self.browser.message(end))

    def run(self, script):
        """The value of an expression; a promise is waited for."""
        result = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:2000])
        return result["result"].get("value")

    def events(self, method):
        return [m["params"] for m in self.browser.said
                if m["method"] == method and m.get("sessionId") == self.session]

    def picture(self, path, whole=False):
        """A screenshot, of the window or of the whole page."""
        data = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def paper(self, path):
        """The page as PDF, by its own print sheet."""
        data = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
