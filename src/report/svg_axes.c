/* Ticks are multiples of 1, 2 or 5 times a power of ten, reckoned by whole multiples so that
 * the last one is as round as the first. */
#include "report/svg_axes.h"

#include <assert.h>
#include <math.h>

static const double TICK_SIZE = 11, NAME_SIZE = 12, ROOM = 0.04;

svg_scale scale_over(double least, double greatest, double start, double end)
{
    if (!isfinite(least) || !isfinite(greatest) || least > greatest)
        least = 0, greatest = 1;
    double span = greatest - least;
    if (span <= fmax(fabs(least), fabs(greatest)) * 1e-9)
        span = fmax(fabs(greatest) * 0.1, 1);
    double room = greatest > least ? span * ROOM : span / 2;
    return (svg_scale){least - room, greatest + room, start, end};
}

double scale_at(const svg_scale *scale, double value)
{
    double part = (value - scale->from) / (scale->to - scale->from);
    return scale->start + part * (scale->end - scale->start);
}

/* ---- ticks ----------------------------------------------------------------------- */

static double round_step(double least, int *decimals)
{
    static const double leads[] = {1, 2, 5, 10};
    double power = floor(log10(least));
    for (size_t k = 0; k < sizeof leads / sizeof *leads; k++) {
        double step = leads[k] * pow(10, power);
        if (step >= least * (1 - 1e-9)) {
            *decimals = (int)fmax(0, -(power + (k == 3)));
            return step;
        }
    }
    *decimals = 0;
    return 10 * pow(10, power);
}

svg_ticks scale_ticks(const svg_scale *scale, double about)
{
    svg_ticks ticks = {0};
    ticks.step =
        round_step((scale->to - scale->from) / fmax(about, 1), &ticks.decimals);
    double first = ceil(scale->from / ticks.step - 1e-9),
           last = floor(scale->to / ticks.step + 1e-9);
    ticks.first = first * ticks.step;
    ticks.count = last >= first ? (size_t)(last - first) + 1 : 0;
    return ticks;
}

double tick_at(const svg_ticks *ticks, size_t k)
{
    return (round(ticks->first / ticks->step) + (double)k) * ticks->step;
}

const char *tick_words(arena *memory, const svg_ticks *ticks, size_t k)
{
    double value = tick_at(ticks, k);
    if (fabs(value) < ticks->step / 2)
        value = 0;
    if (fabs(value) >= 1e7 || ticks->decimals > 6)
        return arena_format(memory, "%.3g", value);
    return arena_format(memory, "%.*f", ticks->decimals, value);
}

/* ---- axes ------------------------------------------------------------------------ */

double axis_room(svg *to, const svg_scale *scale, double length)
{
    svg_ticks ticks = scale_ticks(scale, length / 60);
    double most = 0;
    for (size_t k = 0; k < ticks.count; k++)
        most = fmax(
            most, svg_text_width(tick_words(&to->memory, &ticks, k), TICK_SIZE, false));
    return most;
}

void axis_across(svg *to, const svg_scale *scale, svg_box frame, const char *name)
{
    svg_ticks ticks = scale_ticks(scale, frame.width / 80);
    double bottom = frame.y + frame.height;
    for (size_t k = 0; k < ticks.count; k++) {
        double x = scale_at(scale, tick_at(&ticks, k));
        svg_line(to, svg_stroke(SVG_GRID, 1), x, frame.y, x, bottom);
        svg_text(to, x, bottom + 16, SVG_MIDDLE, TICK_SIZE, SVG_MUTED, "%s",
                 tick_words(&to->memory, &ticks, k));
    }
    svg_line(to, svg_stroke(SVG_MUTED, 1), frame.x, bottom, frame.x + frame.width,
             bottom);
    svg_text(to, frame.x + frame.width / 2, bottom + 34, SVG_MIDDLE, NAME_SIZE,
             SVG_TEXT, "%s", svg_fit(&to->memory, name, NAME_SIZE, frame.width));
}

void axis_up(svg *to, const svg_scale *scale, svg_box frame, const char *name)
{
    svg_ticks ticks = scale_ticks(scale, frame.height / 60);
    for (size_t k = 0; k < ticks.count; k++) {
        double y = scale_at(scale, tick_at(&ticks, k));
        svg_line(to, svg_stroke(SVG_GRID, 1), frame.x, y, frame.x + frame.width, y);
        svg_text(to, frame.x - 6, y + 4, SVG_END, TICK_SIZE, SVG_MUTED, "%s",
                 tick_words(&to->memory, &ticks, k));
    }
    svg_line(to, svg_stroke(SVG_MUTED, 1), frame.x, frame.y, frame.x,
             frame.y + frame.height);
    svg_text_up(to, frame.x - 14 - axis_room(to, scale, frame.height),
                frame.y + frame.height / 2, NAME_SIZE, SVG_TEXT,
                svg_fit(&to->memory, name, NAME_SIZE, frame.height));
}

/* ---- legends --------------------------------------------------------------------- */

static const double KEY_WIDTH = 26, KEY_GAP = 20, ROW = 19, LEGEND_SIZE = 12;

void legend_add(svg_legend *legend, svg_key_kind kind, size_t series, svg_look look,
                const char *words)
{
    assert(legend->count < LEGEND_KEYS);
    legend->keys[legend->count++] = (svg_key){kind, series, look, words};
}

static void draw_key(svg *to, const svg_key *key, double x, double y)
{
    double middle = x + KEY_WIDTH / 2 - 3;
    svg_ink ink = key->look.fill != SVG_NONE ? key->look.fill : key->look.line;
    switch (key->kind) {
    case KEY_MARK:
    case KEY_HOLLOW:
        svg_mark(to, key->series, ink, key->kind == KEY_HOLLOW, middle, y - 4, 4);
        break;
    case KEY_LINE:
        svg_line(to, key->look, x, y - 4, x + KEY_WIDTH - 6, y - 4);
        break;
    case KEY_AREA:
        svg_rect(to, key->look, (svg_box){x, y - 10, KEY_WIDTH - 6, 12}, 2);
        break;
    case KEY_STAR:
        svg_star(to, key->look, middle, y - 4, 7);
        break;
    }
}

double legend_rows(svg *to, const svg_legend *legend, double x, double y, double width,
                   bool draw)
{
    double at = x;
    for (size_t k = 0; k < legend->count; k++) {
        const svg_key *key = &legend->keys[k];
        const char *words =
            svg_fit(&to->memory, key->words, LEGEND_SIZE, width - KEY_WIDTH);
        double need = KEY_WIDTH + svg_text_width(words, LEGEND_SIZE, false);
        if (at > x && at + need > x + width) {
            at = x;
            y += ROW;
        }
        if (draw) {
            draw_key(to, key, at, y);
            svg_text(to, at + KEY_WIDTH, y, SVG_START, LEGEND_SIZE, SVG_TEXT, "%s",
                     words);
        }
        at += need + KEY_GAP;
    }
    return legend->count ? y + ROW : y;
}
