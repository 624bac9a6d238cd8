/* The body of a picture is written to memory, so that its height may come last. Two palettes
 * are literal colours, because programs that turn SVG into PNG know no CSS variables; the
 * third is variables with the light colours to fall back on. Eight colours after M. Okabe and
 * K. Ito, Color Universal Design, 2008, with the yellow darkened for white paper. */
#include "report/svg.h"

#include "base/text.h"
#include "report/markup.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define FONTS "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

enum { LEAST_WIDTH = 320, LEAST_HEIGHT = 240, MOST_SIDE = 20000 };

static const double MARGIN = 16;

static const char *const light[] = {"none",    "#ffffff", "#1b1f23", "#57606a",
                                    "#d8dee4", "#dcefe4", "#6e7b8b", "#0072b2",
                                    "#c2500a", "#007a5a", "#a3387e", "#8a6d00",
                                    "#2b8cc4", "#5b3fa8", "#3d3d3d"};
static const char *const dark[] = {"none",    "#15181c", "#e8eaed", "#a8b1bb",
                                   "#353b43", "#1d3a2c", "#8b98a8", "#56b4e9",
                                   "#ff9a5c", "#3fcf9f", "#f08fc9", "#f0e442",
                                   "#8fd0f5", "#b8a4ff", "#d0d0d0"};
static const char *const of_page[] = {"none",
                                      "var(--truce-paper,#ffffff)",
                                      "var(--truce-text,#1b1f23)",
                                      "var(--truce-muted,#57606a)",
                                      "var(--truce-grid,#d8dee4)",
                                      "var(--truce-zone,#dcefe4)",
                                      "var(--truce-cloud,#6e7b8b)",
                                      "var(--truce-1,#0072b2)",
                                      "var(--truce-2,#c2500a)",
                                      "var(--truce-3,#007a5a)",
                                      "var(--truce-4,#a3387e)",
                                      "var(--truce-5,#8a6d00)",
                                      "var(--truce-6,#2b8cc4)",
                                      "var(--truce-7,#5b3fa8)",
                                      "var(--truce-8,#3d3d3d)"};

static const char *colour(const svg *to, svg_ink ink)
{
    static const char *const *const palettes[] = {light, dark, of_page};
    assert(ink < SVG_SERIES + SVG_COLOURS);
    return palettes[to->style->palette][ink];
}

/* ---- numbers and text ------------------------------------------------------------ */

/* Two decimals at most, no "-0". */
static void put_number(svg *to, double value)
{
    double rounded = round(value * 100) / 100;
    fprintf(to->body, "%.10g", rounded == 0 ? 0.0 : rounded);
}

static void put_attribute(svg *to, const char *name, double value)
{
    fprintf(to->body, " %s=\"", name);
    put_number(to, value);
    fputc('"', to->body);
}

static void put_text(FILE *out, const char *text)
{
    markup_text(out, text, strlen(text));
}

static void put_look(svg *to, svg_look look)
{
    fprintf(to->body, " fill=\"%s\"", colour(to, look.fill));
    if (look.line != SVG_NONE) {
        fprintf(to->body, " stroke=\"%s\"", colour(to, look.line));
        put_attribute(to, "stroke-width", look.width);
        if (look.dash)
            fprintf(to->body, " stroke-dasharray=\"%s\"", look.dash);
    }
    if (look.opacity > 0 && look.opacity < 1)
        put_attribute(to, "opacity", look.opacity);
}

/* ---- documents ------------------------------------------------------------------- */

static double side(unsigned asked, double usual, double least)
{
    double length = asked ? asked : usual;
    return fmin(fmax(length, least), MOST_SIDE);
}

void svg_begin(svg *to, FILE *out, const truce_plot_style *style, double usual)
{
    static const truce_plot_style plain = {0};
    *to = (svg){.out = out, .style = style ? style : &plain};
    to->width = side(to->style->width, usual, LEAST_WIDTH);
    to->body = open_memstream(&to->bytes, &to->length);
    if (to->body == NULL)
        abort();
}

double svg_height(const svg *to, double usual)
{
    return to->style->height ? side(to->style->height, usual, LEAST_HEIGHT) : usual;
}

static void put_named(svg *to, const char *element, const char *suffix,
                      const char *text)
{
    fprintf(to->out, "<%s id=\"%s%s\">", element, to->style->id ? to->style->id : "",
            suffix);
    put_text(to->out, text);
    fprintf(to->out, "</%s>\n", element);
}

void svg_end(svg *to, double height, const char *title, const char *description)
{
    const char *id = to->style->id ? to->style->id : "";
    height = fmax(height, svg_height(to, LEAST_HEIGHT));
    fclose(to->body);
    if (to->style->id == NULL)
        fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", to->out);
    fprintf(to->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.10g %.10g\" "
            "width=\"%.10g\" height=\"%.10g\" role=\"img\" "
            "aria-labelledby=\"%stitle %sdescription\" font-family=\"" FONTS "\">\n",
            round(to->width), ceil(height), round(to->width), ceil(height), id, id);
    put_named(to, "title", "title", to->style->title ? to->style->title : title);
    put_named(to, "desc", "description", description);
    if (to->style->palette != TRUCE_OF_PAGE)
        fprintf(to->out, "<rect width=\"%.10g\" height=\"%.10g\" fill=\"%s\"/>\n",
                round(to->width), ceil(height), colour(to, SVG_PAPER));
    fwrite(to->bytes, 1, to->length, to->out);
    fputs("</svg>\n", to->out);
    free(to->bytes);
    arena_free(&to->memory);
}

double svg_headline(svg *to, const char *title, const char *below)
{
    double width = to->width - 2 * MARGIN, y = MARGIN + 12;
    const char *words = to->style->title ? to->style->title : title;
    svg_bold(to, MARGIN, y, SVG_START, 16, SVG_TEXT, "%s",
             svg_fit(&to->memory, words, 16 * 1.1, width));
    y += 20;
    if (below && *below)
        y = svg_paragraph(to, MARGIN, y, width, 12, SVG_MUTED, 3, below);
    return y;
}

/* ---- shapes ---------------------------------------------------------------------- */

svg_look svg_fill(svg_ink ink)
{
    return (svg_look){.fill = ink};
}

svg_look svg_stroke(svg_ink ink, double width)
{
    return (svg_look){.line = ink, .width = width};
}

svg_ink svg_series(size_t k)
{
    return (svg_ink)(SVG_SERIES + k % SVG_COLOURS);
}

const char *svg_dash(size_t k)
{
    static const char *const dashes[] = {NULL, "7 4", "2 3", "9 3 2 3"};
    return dashes[(k + k / SVG_COLOURS) % (sizeof dashes / sizeof *dashes)];
}

void svg_line(svg *to, svg_look look, double x0, double y0, double x1, double y1)
{
    fputs("<line", to->body);
    put_attribute(to, "x1", x0);
    put_attribute(to, "y1", y0);
    put_attribute(to, "x2", x1);
    put_attribute(to, "y2", y1);
    put_look(to, look);
    fputs("/>\n", to->body);
}

void svg_rect(svg *to, svg_look look, svg_box box, double radius)
{
    fputs("<rect", to->body);
    put_attribute(to, "x", box.x);
    put_attribute(to, "y", box.y);
    put_attribute(to, "width", fmax(box.width, 0));
    put_attribute(to, "height", fmax(box.height, 0));
    if (radius > 0)
        put_attribute(to, "rx", radius);
    put_look(to, look);
    fputs("/>\n", to->body);
}

void svg_circle(svg *to, svg_look look, double x, double y, double radius)
{
    fputs("<circle", to->body);
    put_attribute(to, "cx", x);
    put_attribute(to, "cy", y);
    put_attribute(to, "r", radius);
    put_look(to, look);
    fputs("/>\n", to->body);
}

void svg_path(svg *to)
{
    fputs("<path d=\"", to->body);
}

static void put_point(svg *to, char letter, double x, double y)
{
    fputc(letter, to->body);
    put_number(to, x);
    fputc(' ', to->body);
    put_number(to, y);
}

void svg_move(svg *to, double x, double y)
{
    put_point(to, 'M', x, y);
}

void svg_go(svg *to, double x, double y)
{
    put_point(to, 'L', x, y);
}

void svg_curve(svg *to, double x1, double y1, double x2, double y2, double x, double y)
{
    put_point(to, 'C', x1, y1);
    put_point(to, ' ', x2, y2);
    put_point(to, ' ', x, y);
}

void svg_close(svg *to)
{
    fputc('Z', to->body);
}

void svg_dot(svg *to, double x, double y)
{
    svg_move(to, x, y);
    fputs("h.01", to->body);
}

void svg_cell(svg *to, double x, double y, double side_length)
{
    svg_move(to, x, y);
    fputc('h', to->body);
    put_number(to, side_length);
    fputc('v', to->body);
    put_number(to, side_length);
    fputc('h', to->body);
    put_number(to, -side_length);
    fputc('z', to->body);
}

void svg_path_end(svg *to, svg_look look)
{
    fputc('"', to->body);
    put_look(to, look);
    if (look.line != SVG_NONE)
        fputs(" stroke-linejoin=\"round\" stroke-linecap=\"round\"", to->body);
    fputs("/>\n", to->body);
}

/* A regular polygon, or a star when inner is smaller than outer. */
static void put_polygon(svg *to, svg_look look, double x, double y, double outer,
                        double inner, unsigned corners, double turn)
{
    unsigned points = inner < outer ? 2 * corners : corners;
    svg_path(to);
    for (unsigned k = 0; k < points; k++) {
        double radius = inner < outer && k % 2 ? inner : outer;
        double angle = (turn + (double)k / points) * 6.283185307179586;
        double px = x + radius * sin(angle), py = y - radius * cos(angle);
        (k ? svg_go : svg_move)(to, px, py);
    }
    svg_close(to);
    svg_path_end(to, look);
}

void svg_star(svg *to, svg_look look, double x, double y, double radius)
{
    put_polygon(to, look, x, y, radius, radius * 0.45, 5, 0);
}

void svg_mark(svg *to, size_t k, svg_ink ink, bool hollow, double x, double y,
              double radius)
{
    svg_look look = {.fill = hollow ? SVG_PAPER : ink, .line = ink, .width = 1.5};
    switch (k % 6) {
    case 0:
        svg_circle(to, look, x, y, radius);
        break;
    case 1:
        put_polygon(to, look, x, y, radius * 1.25, radius * 1.25, 4, 0.125);
        break;
    case 2:
        put_polygon(to, look, x, y, radius * 1.35, radius * 1.35, 3, 0);
        break;
    case 3:
        put_polygon(to, look, x, y, radius * 1.35, radius * 1.35, 4, 0);
        break;
    case 4:
        put_polygon(to, look, x, y, radius * 1.35, radius * 1.35, 3, 0.5);
        break;
    default:
        put_polygon(to, look, x, y, radius * 1.2, radius * 1.2, 6, 0);
        break;
    }
}

void svg_arrow(svg *to, svg_look look, double x0, double y0, double x1, double y1,
               double bend)
{
    double dx = x1 - x0, dy = y1 - y0, length = hypot(dx, dy);
    if (length < 1)
        return;
    double cx = (x0 + x1) / 2 + bend * dy / length,
           cy = (y0 + y1) / 2 - bend * dx / length;
    double ex = x1 - cx, ey = y1 - cy, end = hypot(ex, ey), head = 5 + look.width;
    ex /= end;
    ey /= end;
    svg_path(to);
    svg_move(to, x0, y0);
    svg_curve(to, x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3,
              x1 + (cx - x1) * 2 / 3, y1 + (cy - y1) * 2 / 3, x1 - ex * head * 0.8,
              y1 - ey * head * 0.8);
    svg_path_end(to, look);
    svg_path(to);
    svg_move(to, x1, y1);
    svg_go(to, x1 - head * (1.6 * ex - 0.7 * ey), y1 - head * (1.6 * ey + 0.7 * ex));
    svg_go(to, x1 - head * (1.6 * ex + 0.7 * ey), y1 - head * (1.6 * ey - 0.7 * ex));
    svg_close(to);
    svg_path_end(to, (svg_look){.fill = look.line, .opacity = look.opacity});
}

void svg_group(svg *to, const char *words)
{
    fputs("<g>", to->body);
    if (words) {
        fputs("<title>", to->body);
        put_text(to->body, words);
        fputs("</title>", to->body);
    }
    fputc('\n', to->body);
}

void svg_group_end(svg *to)
{
    fputs("</g>\n", to->body);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *const anchors[] = {"start", "middle", "end"};

static void begin_text(svg *to, double x, double y, svg_anchor anchor, double size,
                       svg_ink ink)
{
    fputs("<text", to->body);
    put_attribute(to, "x", x);
    put_attribute(to, "y", y);
    put_attribute(to, "font-size", size);
    fprintf(to->body, " fill=\"%s\"", colour(to, ink));
    if (anchor != SVG_START)
        fprintf(to->body, " text-anchor=\"%s\"", anchors[anchor]);
}

static void end_text(svg *to, const char *text)
{
    fputc('>', to->body);
    put_text(to->body, text);
    fputs("</text>\n", to->body);
}

void svg_text(svg *to, double x, double y, svg_anchor anchor, double size, svg_ink ink,
              const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    begin_text(to, x, y, anchor, size, ink);
    end_text(to, arena_format_v(&to->memory, format, arguments));
    va_end(arguments);
}

void svg_bold(svg *to, double x, double y, svg_anchor anchor, double size, svg_ink ink,
              const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    begin_text(to, x, y, anchor, size, ink);
    fputs(" font-weight=\"bold\"", to->body);
    end_text(to, arena_format_v(&to->memory, format, arguments));
    va_end(arguments);
}

void svg_text_up(svg *to, double x, double y, double size, svg_ink ink,
                 const char *text)
{
    begin_text(to, x, y, SVG_MIDDLE, size, ink);
    fputs(" transform=\"rotate(-90 ", to->body);
    put_number(to, x);
    fputc(' ', to->body);
    put_number(to, y);
    fputs(")\"", to->body);
    end_text(to, text);
}

void svg_text_on(svg *to, double x, double y, svg_anchor anchor, double size,
                 svg_ink ink, const char *text)
{
    begin_text(to, x, y, anchor, size, ink);
    fprintf(
        to->body,
        " class=\"label\" stroke=\"%s\" stroke-width=\"3\" stroke-linejoin=\"round\" "
        "paint-order=\"stroke\"",
        colour(to, SVG_PAPER));
    end_text(to, text);
}

/* ---- widths ---------------------------------------------------------------------- */

/* Thousandths of the size for ' ' to '~': the larger advance of DejaVu Sans 2.37 and
 * Liberation Sans 2.1 (which has that of Helvetica and Arial). */
static const unsigned short advances[] = {
    318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556,
    1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787,
    667,  787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556,
    500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};

/* Of one character of so many bytes; letters beyond ASCII by their columns. What nobody can
 * read is written as replacement characters, which are wide, one for each byte of what is no
 * UTF-8. */
static double advance_of(const char *at, size_t bytes)
{
    static const double replacement = 1030;
    if (text_valid(at, bytes) != bytes)
        return replacement * (double)bytes;
    if (markup_replaces(at, bytes))
        return replacement;
    if (bytes == 1)
        return *at >= ' ' && *at <= '~' ? advances[*at - ' '] : 318;
    return (double)text_width(at, bytes) * (text_width(at, bytes) > 1 ? 520 : 820);
}

double svg_text_width(const char *text, double size, bool bold)
{
    double width = 0;
    for (const char *at = text; *at; at += text_step(at))
        width += advance_of(at, text_step(at));
    return width * size / 1000 * (bold ? 1.12 : 1);
}

/* The bytes of text that fit into width. */
static size_t fitting(const char *text, double size, double width)
{
    const char *at = text;
    double used = 0;
    while (*at) {
        used += advance_of(at, text_step(at)) * size / 1000;
        if (used > width)
            break;
        at += text_step(at);
    }
    return (size_t)(at - text);
}

const char *svg_fit(arena *memory, const char *text, double size, double width)
{
    if (svg_text_width(text, size, false) <= width)
        return text;
    size_t length = fitting(text, size, width - size);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return arena_format(memory, "%.*s\u2026", (int)length, text);
}

/* The bytes of the next line: to the last blank that fits, or else as much as fits. */
static size_t next_line(const char *text, double size, double width)
{
    size_t length = fitting(text, size, width);
    if (text[length] == '\0')
        return length;
    size_t blank = length;
    while (blank > 0 && text[blank] != ' ')
        blank--;
    return blank ? blank : length ? length : text_step(text);
}

double svg_paragraph(svg *to, double x, double y, double width, double size,
                     svg_ink ink, unsigned lines, const char *text)
{
    for (unsigned line = 1; *text && line <= lines; line++, y += size * 1.35) {
        size_t length = line == lines ? strlen(text) : next_line(text, size, width);
        const char *words = arena_text_n(&to->memory, text, length);
        svg_text(to, x, y, SVG_START, size, ink, "%s",
                 svg_fit(&to->memory, words, size, width));
        text += length;
        text += strspn(text, " ");
    }
    return y;
}
