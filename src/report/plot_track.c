/* The calendar of a ceasefire, Monday first, and below it the commitments over time. Up to
 * ten weeks are rows, as on a wall; more of them are columns, in bands as wide as the
 * picture. What was reported of a party stands in its part of the day's cell. */
#include "report/svg_axes.h"

#include "base/calendar.h"
#include "report/questions.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

enum {
    WEEK = 7,
    WEEKS_AS_ROWS = 10,
    DAYS_MOST = 3660,
    BARS_MOST = 40,
    PARTIES_MOST = 6,
    SEVERITIES = 5
};

static const double MARGIN = 16, SIZE = 12, SMALL = 10.5, HEAD = 18, WALL_HIGH = 42,
                    WALL_WIDE = 104, CELL = 13, CELL_MOST = 26, BAND_GAP = 24, ROW = 22;

static const char *const weekdays[WEEK] = {"Mon", "Tue", "Wed", "Thu",
                                           "Fri", "Sat", "Sun"};
static const char *const state_words[] = {
    "pending", "conditional", "active", "satisfied", "violated", "expired", "released"};

typedef struct track_picture {
    svg *to;
    const truce_track *track;
    const truce_clock_reading *clock; /* or NULL */
    int64_t first_week, days;         /* Monday of the first week; days shown */
    bool wall;                        /* weeks are rows */
    double left, top, wide, high;     /* of the cells */
    int64_t weeks_a_band;
    svg_scale time;
    svg_box bars;
} track_picture;

/* 0: Monday. The first of January 1970 was a Thursday. */
static int64_t weekday_of(int64_t date)
{
    return ((date + 3) % WEEK + WEEK) % WEEK;
}

static const char *date_words(arena *memory, int64_t day)
{
    civil date = civil_of(day);
    return arena_format(memory, "%04lld-%02d-%02d", (long long)date.year, date.month,
                        date.day);
}

/* In the agreement's zone. */
static const char *day_of(const track_picture *at, truce_instant when)
{
    char text[64];
    truce_instant_write(when, at->track->accord->zone, text);
    text[strcspn(text, "T")] = '\0';
    return arena_text(&at->to->memory, text);
}

static const char *party_name(const track_picture *at, size_t party)
{
    const truce_accord *accord = at->track->accord;
    return accord->party_names && accord->party_names[party]
               ? accord->party_names[party]
               : accord->parties[party];
}

static size_t parties_shown(const track_picture *at)
{
    size_t count = at->track->accord->party_count;
    return count < PARTIES_MOST ? count : PARTIES_MOST;
}

/* ---- cells ----------------------------------------------------------------------- */

static void set_cells(track_picture *at, double top)
{
    double width = at->to->width - 2 * MARGIN;
    int64_t first = at->clock->first_date, last = at->clock->last_date;
    if (last < at->clock->today)
        last = at->clock->today;
    at->days = last < first ? 1 : last - first + 1;
    if (at->days > DAYS_MOST)
        at->days = DAYS_MOST;
    at->first_week = first - weekday_of(first);
    int64_t weeks = (first + at->days - 1 - at->first_week) / WEEK + 1;
    at->wall = weeks <= WEEKS_AS_ROWS;
    at->left = MARGIN +
               (at->wall ? svg_text_width("0000-00-00", SMALL, false)
                         : svg_text_width("Mon", SMALL, false)) +
               8;
    at->top = top + HEAD;
    double room = width - (at->left - MARGIN);
    if (at->wall) {
        at->wide = fmin(room / WEEK, WALL_WIDE);
        at->high = WALL_HIGH;
        at->weeks_a_band = weeks;
    } else {
        at->wide = fmin(fmax(room / (double)weeks, CELL), CELL_MOST);
        at->high = at->wide;
        at->weeks_a_band = (int64_t)floor(room / at->wide);
    }
}

static svg_box cell_of(const track_picture *at, int64_t date)
{
    int64_t week = (date - at->first_week) / WEEK, day = weekday_of(date);
    int64_t band = week / at->weeks_a_band, within = week % at->weeks_a_band;
    double across = (double)(at->wall ? day : within),
           down = (double)(at->wall ? week : day);
    double skip = at->wall ? 0 : (double)band * (at->high * WEEK + BAND_GAP);
    return (svg_box){at->left + at->wide * across + 1,
                     at->top + skip + at->high * down + 1, at->wide - 2, at->high - 2};
}

static double cells_end(const track_picture *at)
{
    int64_t weeks = (at->clock->first_date + at->days - 1 - at->first_week) / WEEK + 1;
    if (at->wall)
        return at->top + at->high * (double)weeks;
    double bands = (double)((weeks - 1) / at->weeks_a_band + 1);
    return at->top + bands * (at->high * WEEK + BAND_GAP) - BAND_GAP;
}

static void name_cells(const track_picture *at)
{
    svg *to = at->to;
    int64_t weeks = (at->clock->first_date + at->days - 1 - at->first_week) / WEEK + 1;
    for (int64_t day = 0; at->wall && day < WEEK; day++)
        svg_text(to, at->left + at->wide * ((double)day + 0.5), at->top - 6, SVG_MIDDLE,
                 SMALL, SVG_MUTED, "%s", weekdays[day]);
    for (int64_t week = 0; at->wall && week < weeks; week++)
        svg_text(to, MARGIN, at->top + at->high * ((double)week + 0.5) + 4, SVG_START,
                 SMALL, SVG_MUTED, "%s",
                 date_words(&to->memory, at->first_week + week * WEEK));
    double free = -INFINITY, row = -INFINITY;
    for (int64_t week = 0; !at->wall && week < weeks; week++) {
        svg_box box = cell_of(at, at->first_week + week * WEEK);
        const char *date = date_words(&to->memory, at->first_week + week * WEEK);
        double room = svg_text_width(date, SMALL, false);
        if (box.y > row) {
            row = box.y;
            free = -INFINITY;
            for (int day = 0; day < WEEK; day += 2)
                svg_text(to, MARGIN, box.y + at->high * (day + 0.5) + 3, SVG_START,
                         SMALL, SVG_MUTED, "%s", weekdays[day]);
        }
        if (box.x < free || box.x + room > to->width - MARGIN / 2)
            continue;
        svg_text(to, box.x, box.y - 6, SVG_START, SMALL, SVG_MUTED, "%s", date);
        free = box.x + room + 10;
    }
}

static uint64_t sum_of(const uint64_t counts[SEVERITIES])
{
    uint64_t sum = 0;
    for (int k = 0; k < SEVERITIES; k++)
        sum = counts[k] > UINT64_MAX - sum ? UINT64_MAX : sum + counts[k];
    return sum;
}

static int worst_of(const uint64_t counts[SEVERITIES])
{
    int worst = 0;
    for (int k = 0; k < SEVERITIES; k++)
        worst = counts[k] > 0 ? k : worst;
    return worst;
}

static void cross(svg *to, double x, double y, double radius)
{
    svg_look look = svg_stroke(SVG_TEXT, 1.5);
    svg_line(to, look, x - radius, y - radius, x + radius, y + radius);
    svg_line(to, look, x - radius, y + radius, x + radius, y - radius);
}

/* Solid: something is verified; hollow: alleged alone; crossed: all of it refuted. */
static void draw_incidents(const track_picture *at, svg_box box, size_t party,
                           const truce_incidents *of)
{
    svg *to = at->to;
    uint64_t alleged = sum_of(of->alleged);
    if (alleged == 0)
        return;
    double slot = box.width / (double)parties_shown(at),
           x = box.x + slot * ((double)party + 0.5),
           y = at->wall ? box.y + box.height - 11 : box.y + box.height / 2;
    double radius = fmin(at->wall ? 5 : box.height * 0.22, slot * 0.36);
    const char *words = arena_format(
        &to->memory, "%s\u00b7%d",
        alleged > 9999 ? "9999+" : size_words(&to->memory, (size_t)alleged),
        worst_of(of->alleged));
    bool told = at->wall && 2 * radius + 8 + svg_text_width(words, SMALL, false) < slot;
    if (told)
        x = box.x + slot * (double)party + radius + 6;
    svg_mark(to, party, svg_series(party), sum_of(of->verified) == 0, x, y, radius);
    if (sum_of(of->refuted) >= alleged)
        cross(to, x, y, radius * 1.5);
    if (told)
        svg_text(to, x + radius + 4, y + 4, SVG_START, SMALL, SVG_TEXT, "%s", words);
}

static const truce_day *day_on(const track_picture *at, int64_t date)
{
    for (size_t k = 0; k < at->clock->day_count; k++)
        if (at->clock->days[k].date == date)
            return &at->clock->days[k];
    return NULL;
}

static const char *cell_words(const track_picture *at, int64_t date,
                              const truce_day *day)
{
    arena *memory = &at->to->memory;
    const char *words =
        arena_format(memory, "%s, day %lld%s%s%s", date_words(memory, date),
                     (long long)(date - at->clock->first_date + 1),
                     date == at->clock->today ? ", today" : "",
                     date > at->clock->today ? ", to come"
                     : day                   ? ""
                                             : ", nothing reported",
                     day && day->breached ? ", a breach" : "");
    for (size_t p = 0; day && p < at->track->accord->party_count; p++) {
        const truce_incidents *of = &day->sides[p];
        if (sum_of(of->alleged) > 0)
            words = arena_format(
                memory,
                "%s; %s: %s reported, %s verified, %s refuted, highest "
                "severity %d",
                words, party_name(at, p),
                size_words(memory, (size_t)sum_of(of->alleged)),
                size_words(memory, (size_t)sum_of(of->verified)),
                size_words(memory, (size_t)sum_of(of->refuted)), worst_of(of->alleged));
    }
    return words;
}

static void draw_day(const track_picture *at, int64_t date)
{
    svg *to = at->to;
    svg_box box = cell_of(at, date);
    const truce_day *day = day_on(at, date);
    bool gone = date <= at->clock->today, today = date == at->clock->today;
    svg_look look = {.fill = gone && !day ? SVG_ZONE : SVG_PAPER,
                     .line = day && day->breached ? SVG_TEXT : SVG_GRID,
                     .width = day && day->breached ? 2 : 1,
                     .dash = gone ? NULL : "2 2"};
    svg_group(to, cell_words(at, date, day));
    svg_rect(to, look, box, 2);
    if (at->wall)
        svg_text(to, box.x + 5, box.y + 14, SVG_START, SMALL,
                 today ? SVG_TEXT : SVG_MUTED, "%d", civil_of(date).day);
    for (size_t p = 0; day && p < parties_shown(at); p++)
        draw_incidents(at, box, p, &day->sides[p]);
    if (today) { /* a corner */
        double size = fmin(box.height * 0.4, 11), x = box.x + box.width;
        svg_path(to);
        svg_move(to, x, box.y);
        svg_go(to, x - size, box.y);
        svg_go(to, x, box.y + size);
        svg_close(to);
        svg_path_end(to, svg_fill(SVG_TEXT));
    }
    if (date == at->clock->last_date && at->clock->end != TRUCE_NEVER)
        svg_line(to, svg_stroke(SVG_TEXT, 3), box.x + box.width - 1.5,
                 box.y + box.height * 0.3, box.x + box.width - 1.5, box.y + box.height);
    svg_group_end(to);
}

static double draw_calendar_legend(const track_picture *at, double y)
{
    svg_legend legend = {0};
    for (size_t p = 0; p < parties_shown(at); p++)
        legend_add(&legend, KEY_MARK, p, svg_fill(svg_series(p)),
                   arena_format(&at->to->memory, "%s, verified", party_name(at, p)));
    legend_add(&legend, KEY_HOLLOW, 0, svg_fill(svg_series(0)), "hollow: alleged only");
    if (at->wall)
        legend_add(&legend, KEY_LINE, 0, svg_stroke(SVG_NONE, 1),
                   "3\u00b72: three reported, highest severity 2");
    legend_add(&legend, KEY_AREA, 0, svg_fill(SVG_ZONE), "nothing reported");
    legend_add(&legend, KEY_AREA, 0,
               (svg_look){.fill = SVG_PAPER, .line = SVG_TEXT, .width = 2}, "a breach");
    legend_add(
        &legend, KEY_AREA, 0,
        (svg_look){.fill = SVG_PAPER, .line = SVG_GRID, .width = 1, .dash = "2 2"},
        "to come");
    y = legend_rows(at->to, &legend, MARGIN, y, at->to->width - 2 * MARGIN, true);
    const char *more = at->clock->last_date - at->clock->first_date >= DAYS_MOST
                           ? " The first ten years are shown."
                           : "";
    return svg_paragraph(
        at->to, MARGIN, y, at->to->width - 2 * MARGIN, SIZE, SVG_MUTED, 4,
        arena_format(
            &at->to->memory,
            "Filled corner: today. Bar at the right edge: the last day. Crossed: "
            "all refuted.%s",
            more));
}

static double draw_calendar(track_picture *at, double top)
{
    set_cells(at, top);
    name_cells(at);
    for (int64_t k = 0; k < at->days; k++)
        draw_day(at, at->clock->first_date + k);
    return draw_calendar_legend(at, cells_end(at) + 24) + 10;
}

/* ---- commitments ----------------------------------------------------------------- */

static bool is_instant(truce_instant at)
{
    return at != TRUCE_NEVER && at != TRUCE_NO_INSTANT;
}

static truce_instant begin_of(const track_picture *at, size_t c)
{
    truce_instant active = at->track->standings[c].active;
    return is_instant(active) ? active : at->track->accord->commitments[c].start;
}

static void set_time(track_picture *at, size_t shown)
{
    double least = INFINITY, greatest = -INFINITY;
    for (size_t c = 0; c < shown; c++) {
        const truce_instant ends[] = {begin_of(at, c), at->track->standings[c].deadline,
                                      at->track->choices.now};
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (is_instant(ends[k])) {
                least = fmin(least, (double)ends[k]);
                greatest = fmax(greatest, (double)ends[k]);
            }
    }
    if (!(greatest - least >= SECONDS_A_DAY)) {
        least = isfinite(least) ? least - SECONDS_A_DAY : 0;
        greatest = least + 2 * SECONDS_A_DAY;
    }
    at->time = (svg_scale){least, greatest, at->bars.x, at->bars.x + at->bars.width};
}

static void draw_dates(const track_picture *at)
{
    svg *to = at->to;
    double bottom = at->bars.y + at->bars.height;
    int ticks = (int)fmax(fmin(at->bars.width / 110, 6), 1);
    for (int k = 0; k <= ticks; k++) {
        double when = at->time.from + (at->time.to - at->time.from) * k / ticks,
               x = scale_at(&at->time, when);
        svg_line(to, svg_stroke(SVG_GRID, 1), x, at->bars.y, x, bottom);
        svg_text(to, x, bottom + 15,
                 k == 0       ? SVG_START
                 : k == ticks ? SVG_END
                              : SVG_MIDDLE,
                 SMALL, SVG_MUTED, "%s", day_of(at, (truce_instant)when));
    }
    double now = scale_at(&at->time, (double)at->track->choices.now);
    svg_look look = svg_stroke(SVG_TEXT, 1.5);
    look.dash = "3 3";
    svg_line(to, look, now, at->bars.y - 4, now, bottom);
}

/* In the colour of the debtor: solid when satisfied, with a cross at its end when violated, pale
 * when nothing is owed any more, dashed when not yet. */
static void draw_bar(const track_picture *at, size_t c, double y)
{
    svg *to = at->to;
    const truce_standing *one = &at->track->standings[c];
    truce_state state = one->state;
    double end = is_instant(one->deadline) ? (double)one->deadline : at->time.to;
    double from = is_instant(begin_of(at, c)) ? (double)begin_of(at, c) : at->time.from;
    double x0 = scale_at(&at->time, fmin(from, end)), x1 = scale_at(&at->time, end);
    svg_ink debtor = svg_series(at->track->accord->commitments[c].debtor);
    svg_look look = {
        .fill = state == TRUCE_SATISFIED ? debtor : SVG_PAPER,
        .line = state == TRUCE_EXPIRED || state == TRUCE_RELEASED ? SVG_GRID : debtor,
        .width = 1.5};
    if (state == TRUCE_PENDING || state == TRUCE_CONDITIONAL)
        look.dash = "3 3";
    svg_rect(to, look, (svg_box){x0, y - 5, fmax(x1 - x0, 3), 10}, 3);
    if (state == TRUCE_VIOLATED)
        cross(to, fmin(x1, at->bars.x + at->bars.width - 6), y, 5);
}

static double draw_commitments(track_picture *at, double y)
{
    svg *to = at->to;
    const truce_accord *accord = at->track->accord;
    size_t count = accord->commitment_count,
           shown = count < BARS_MOST ? count : BARS_MOST;
    double names = to->width * 0.26,
           states = svg_text_width("conditional", SMALL, false);
    if (count == 0)
        return y;
    svg_bold(to, MARGIN, y + 6, SVG_START, 13, SVG_TEXT, "Commitments");
    y += 18;
    double left = MARGIN + names + 8 + states + 10;
    at->bars = (svg_box){left, y, to->width - MARGIN - left, ROW * (double)shown};
    set_time(at, shown);
    draw_dates(at);
    for (size_t c = 0; c < shown; c++) {
        const truce_commitment *one = &accord->commitments[c];
        double middle = y + ROW * ((double)c + 0.5);
        const char *what =
            arena_format(&to->memory, "%s: %s", accord->parties[one->debtor],
                         one->text ? one->text : one->id);
        svg_group(to, arena_format(&to->memory, "%s: %s, %s", one->id, what,
                                   state_words[at->track->standings[c].state]));
        svg_text(to, MARGIN, middle + 4, SVG_START, SIZE, SVG_TEXT, "%s",
                 svg_fit(&to->memory, what, SIZE, names));
        svg_text(to, MARGIN + names + 8, middle + 4, SVG_START, SMALL, SVG_MUTED, "%s",
                 state_words[at->track->standings[c].state]);
        draw_bar(at, c, middle);
        svg_group_end(to);
    }
    y += ROW * (double)shown + 36;
    return svg_paragraph(
        to, MARGIN, y, to->width - 2 * MARGIN, SIZE, SVG_MUTED, 2,
        count > shown
            ? arena_format(&to->memory, "The line: now. %zu more.", count - shown)
            : "From where each is active to its deadline; filled: "
              "satisfied; crossed: violated; the line: now.");
}

/* ---- the picture ----------------------------------------------------------------- */

static const char *summary(const track_picture *at)
{
    arena *memory = &at->to->memory;
    const truce_clock_reading *clock = at->clock;
    if (clock == NULL)
        return counted(memory, at->track->accord->commitment_count, "commitment",
                       "commitments");
    const char *end =
        clock->end == TRUCE_NEVER
            ? "no end as it stands"
            : arena_format(memory, "%s %s", clock->ended ? "ended" : "ends",
                           day_of(at, clock->end));
    const char *extend = clock->ended || clock->last_to_extend == TRUCE_NEVER
                             ? ""
                             : arena_format(memory, ", to be extended before %s",
                                            day_of(at, clock->last_to_extend));
    return arena_format(memory, "Day %u of %u, %s%s; %s, %s, %s without a report",
                        clock->day, clock->of, end, extend,
                        some(memory, clock->breaches, "breach", "breaches"),
                        some(memory, clock->extensions, "extension", "extensions"),
                        some(memory, clock->silent_days, "day", "days"));
}

void truce_track_svg(FILE *out, const truce_track *track, const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    track_picture at = {.to = &to, .track = track, .clock = track->clock};
    const char *title =
        at.clock ? "The ceasefire, day by day" : "Commitments over time";
    const truce_accord *accord = track->accord;
    const char *what = arena_format(&to.memory, "%s. %s.%s",
                                    accord->title ? accord->title : accord->id,
                                    summary(&at), accord->invented ? " Invented." : "");
    double y = svg_headline(&to, title, what) + 6;
    if (at.clock)
        y = draw_calendar(&at, y);
    y = draw_commitments(&at, y);
    svg_end(&to, y + 2, title, what);
}
