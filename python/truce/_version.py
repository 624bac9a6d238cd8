"""The version of libtruce that this package is made for; a test holds it against meson.build."""

VERSION = "0.2.0"
