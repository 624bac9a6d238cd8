/* The frame of a page. Its policy forbids everything but the sheet and the one script that
 * stand in it, the script by its hash: should text of a file ever become markup, it could
 * still neither run nor ask for anything. */
#include "report/paper.h"

#include "base/hash.h"
#include "report/footer.h"

#include <stdlib.h>
#include <string.h>

/* ---- the head -------------------------------------------------------------------- */

/* All lines as they stand in the page, in fresh memory. */
static char *joined_lines(const char *const *lines)
{
    size_t length = 1;
    for (size_t i = 0; lines[i] != NULL; i++)
        length += strlen(lines[i]);
    char *text = must_allocate(length), *at = text;
    for (size_t i = 0; lines[i] != NULL; i++) {
        strcpy(at, lines[i]);
        at += strlen(lines[i]);
    }
    return text;
}

static void write_policy(html *to, const char *script)
{
    char hash[45];
    hash_sha256_base64(script, strlen(script), hash);
    html_raw(to,
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
             "'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'; base-uri "
             "'none'; form-action 'none'\">\n",
             hash);
}

static void write_head(html *to, const char *title)
{
    char *sheet = joined_lines(paper_sheet), *script = joined_lines(paper_script);
    html_raw(to,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    write_policy(to, script);
    html_raw(to, "<meta name=\"viewport\" content=\"width=device-width, "
                 "initial-scale=1\">\n<title>");
    html_text(to, title);
    html_raw(to, "</title>\n<style>\n%s</style>\n</head>\n", sheet);
    free(sheet);
    free(script);
}

void paper_begin(paper *to, FILE *out, const anchors *links, const char *title)
{
    *to = (paper){.pen = {.out = out, .links = links, .level = 3, .heading = title}};
    to->page = page_of_html(&to->pen);
    write_head(&to->pen, title);
    html_raw(&to->pen, "<body>\n<a class=\"skip\" href=\"#main\">To the text</a>\n"
                       "<header>\n<h1>");
    html_text(&to->pen, title);
    html_raw(&to->pen, "</h1>\n");
}

/* ---- sections -------------------------------------------------------------------- */

static bool is_there(const paper *to, size_t which)
{
    const section *one = &to->sections[which];
    return one->there == NULL || one->there(to->of);
}

size_t paper_number(const paper *to, const char *id)
{
    size_t number = 0;
    for (size_t s = 0; s < to->section_count; s++) {
        number += is_there(to, s);
        if (strcmp(to->sections[s].id, id) == 0)
            return is_there(to, s) ? number : 0;
    }
    return 0;
}

void paper_main(paper *to, const section *sections, size_t count, const void *of)
{
    to->sections = sections;
    to->section_count = count;
    to->of = of;
    html_lists_end(&to->pen);
    html_raw(&to->pen, "</header>\n<main id=\"main\">\n");
}

static void write_contents(paper *to)
{
    html_raw(&to->pen, "<nav aria-labelledby=\"contents\">\n"
                       "<h2 id=\"contents\">Contents</h2>\n<ol>\n");
    for (size_t s = 0; s < to->section_count; s++)
        if (is_there(to, s))
            html_raw(&to->pen, "<li><a href=\"#%s\">%s</a></li>\n", to->sections[s].id,
                     to->sections[s].title);
    html_raw(&to->pen, "</ol>\n</nav>\n");
}

void paper_sections(paper *to)
{
    write_contents(to);
    for (size_t s = 0; s < to->section_count; s++) {
        const section *one = &to->sections[s];
        if (!is_there(to, s))
            continue;
        html_raw(&to->pen,
                 "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%zu. %s</h2>\n",
                 one->id, one->id, paper_number(to, one->id), one->title);
        to->pen.heading = one->title;
        one->write(to, to->of);
        html_lists_end(&to->pen);
        html_raw(&to->pen, "</section>\n");
    }
}

void paper_end(paper *to)
{
    char *script = joined_lines(paper_script);
    html_lists_end(&to->pen);
    html_raw(&to->pen,
             "</main>\n<footer>\n<p>Made by truce %s. Everything here is computed from "
             "the file: counts, conditions and sources. No verdict on who is right, no "
             "probability of peace, no advice on who should give.</p>\n</footer>\n"
             "<script>%s</script>\n</body>\n</html>\n",
             truce_version(), script);
    free(script);
    page_end(&to->page);
}

/* ---- what stands in them ----------------------------------------------------------- */

void paper_picture(paper *to, const char *caption,
                   void (*draw)(FILE *out, const void *of,
                                const truce_plot_style *style),
                   const void *of)
{
    char id[32];
    snprintf(id, sizeof id, "picture-%zu", ++to->pictures);
    html_lists_end(&to->pen);
    html_raw(&to->pen,
             "<figure>\n<figcaption id=\"%s-caption\">Picture %zu. %s</figcaption>\n"
             "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
             "aria-labelledby=\"%s-caption\">\n",
             id, to->pictures, caption, id);
    truce_plot_style style = {.palette = TRUCE_OF_PAGE, .id = id};
    draw(to->pen.out, of, &style);
    html_raw(&to->pen, "</div>\n</figure>\n");
}

void paper_basis(paper *to, const truce_finding *finding, size_t row)
{
    html *pen = &to->pen;
    html_lists_end(pen);
    html_raw(pen, "<p class=\"basis\"><b>How proved.</b> ");
    html_text(pen, proof_words(&to->page, finding));
    html_raw(pen, " <b>Rests on.</b> This answer ");
    html_text(pen, grounds_words(&to->page, finding));
    html_raw(pen, ".");
    if (row > 0)
        html_raw(pen, " <a href=\"#rests-%zu\">Which ones</a>", row);
    html_raw(pen, "</p>\n");
}
