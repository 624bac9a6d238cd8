/* Braille dots are kept as the bits of their Unicode pattern, layer by layer, and only
 * put together when a row is printed. A cell is never more than one column wide. */
#include "report/braille.h"

#include <math.h>
#include <string.h>

/* ---- colours --------------------------------------------------------------------- */

void plot_ink_on(page *to, unsigned shade)
{
    static const char *const codes[] = {"",         "\033[2m", "\033[35m",
                                        "\033[36m", "\033[1m", "\033[1;31m"};
    static const char *const parties[] = {"\033[32m", "\033[33m", "\033[34m",
                                          "\033[31m"};
    if (!to->colour)
        return;
    fputs(shade < PLOT_PARTY ? codes[shade] : parties[(shade - PLOT_PARTY) % 4],
          to->out);
}

void plot_ink_off(page *to, unsigned shade)
{
    if (to->colour && shade != PLOT_PLAIN)
        fputs("\033[0m", to->out);
}

/* ---- an axis --------------------------------------------------------------------- */

enum { POWER_MOST = 300, TICK_ROOM = 32, TICK_LONG = 8 };

/* digit * 10^power * multiple; a power below zero divides, so that 3 * 0.1 is 0.3. */
static double times_ten(double number, int power)
{
    double ten = 1;
    for (int k = power < 0 ? -power : power; k > 0; k--)
        ten *= 10;
    return power < 0 ? number / ten : number * ten;
}

/* The smallest step that is not below this. */
static void round_step(span *to, double least)
{
    static const int digits[] = {1, 2, 5};
    to->power = -POWER_MOST;
    while (to->power < POWER_MOST && times_ten(10, to->power) < least)
        to->power++;
    for (size_t k = 0; k < 3; k++) {
        to->digit = digits[k];
        if (times_ten(to->digit, to->power) >= least)
            return;
    }
    to->digit = 1;
    to->power++;
}

/* Numbers that leave room for sums: nothing larger is worth drawing to scale. */
static double bounded(double number)
{
    const double most = 1e300;
    return isfinite(number) ? fmax(-most, fmin(most, number)) : 0;
}

static void widen(double *least, double *greatest)
{
    double middle = *least / 2 + *greatest / 2, size = fabs(middle);
    double half = *greatest / 2 - *least / 2;
    if (half > size * 1e-9)
        return;
    half = size > 0 ? size / 2 : 1;
    *least = middle - half;
    *greatest = middle + half;
}

/* Half steps, which are what the ends are multiples of. */
static double half_tick(const span *of, double multiple)
{
    return times_ten(multiple * of->digit / 2, of->power);
}

span span_of(double least, double greatest, size_t ticks)
{
    span to = {0};
    double low = bounded(least), high = bounded(greatest);
    if (low > high)
        low = high;
    widen(&low, &high);
    round_step(&to,
               high / (double)(ticks ? ticks : 1) - low / (double)(ticks ? ticks : 1));
    double half = half_tick(&to, 1);
    double from = floor(low / half + 1e-9), until = ceil(high / half - 1e-9);
    to.least = half_tick(&to, from);
    to.greatest = half_tick(&to, until);
    to.first = (long long)ceil(from / 2);
    to.last = (long long)floor(until / 2);
    return to;
}

double span_tick(const span *of, long long multiple)
{
    return times_ten((double)multiple * of->digit, of->power);
}

const char *span_words(arena *memory, const span *of, long long multiple)
{
    char text[TICK_ROOM];
    double value = span_tick(of, multiple);
    int length = snprintf(text, sizeof text, "%.*f", of->power < 0 ? -of->power : 0,
                          value == 0 ? 0.0 : value);
    if (length > TICK_LONG)
        snprintf(text, sizeof text, "%.3g", value);
    return arena_text(memory, text);
}

double span_place(const span *of, double value)
{
    double size = of->greatest / 2 - of->least / 2;
    double place = size > 0 ? (value / 2 - of->least / 2) / size : 0.5;
    return place > 1 ? 1 : place > 0 ? place : 0;
}

/* ---- a canvas -------------------------------------------------------------------- */

canvas canvas_begin(arena *memory, size_t columns, size_t rows, bool ascii)
{
    size_t cells = columns * rows;
    return (canvas){.columns = columns,
                    .rows = rows,
                    .ascii = ascii,
                    .dots = arena_take_array(memory, cells, LAYERS),
                    .marks = arena_array(memory, cells, char),
                    .inks = arena_array(memory, cells, uint8_t)};
}

static size_t dot_of(const span *of, double value, size_t dots)
{
    return (size_t)(span_place(of, value) * (double)(dots - 1) + 0.5);
}

size_t canvas_x(const canvas *on, const span *across, double value)
{
    return dot_of(across, value, 2 * on->columns);
}

size_t canvas_y(const canvas *on, const span *up, double value)
{
    return dot_of(up, value, 4 * on->rows);
}

static size_t cell_of(const canvas *on, size_t x, size_t y)
{
    return (on->rows - 1 - y / 4) * on->columns + x / 2;
}

void canvas_dot(canvas *on, size_t x, size_t y, canvas_layer layer)
{
    /* by column and by row from below, as Unicode numbers them */
    static const uint8_t bits[2][4] = {{0x40, 0x04, 0x02, 0x01},
                                       {0x80, 0x20, 0x10, 0x08}};
    if (x < 2 * on->columns && y < 4 * on->rows)
        on->dots[cell_of(on, x, y)][layer] |= bits[x % 2][y % 4];
}

char canvas_mark(canvas *on, size_t x, size_t y, char letter, unsigned shade)
{
    size_t cell = cell_of(on, x, y);
    if (on->marks[cell] == 0) {
        on->marks[cell] = letter;
        on->inks[cell] = (uint8_t)shade;
    }
    return on->marks[cell];
}

/* The place of step k of `steps` between two numbers, rounded. */
static size_t between(size_t from, size_t to, size_t k, size_t steps)
{
    return (from * (steps - k) + to * k + steps / 2) / steps;
}

static size_t apart(size_t one, size_t other)
{
    return one > other ? one - other : other - one;
}

void canvas_join(canvas *on, const size_t from[2], const size_t to[2], size_t gap,
                 canvas_layer layer)
{
    size_t wide = apart(from[0], to[0]), high = apart(from[1], to[1]);
    size_t steps = wide > high ? wide : high;
    for (size_t k = gap; k < steps; k += gap)
        canvas_dot(on, between(from[0], to[0], k, steps),
                   between(from[1], to[1], k, steps), layer);
}

const char *braille_text(uint8_t bits, char text[4])
{
    text[0] = (char)0xE2;
    text[1] = (char)(0xA0 | bits >> 6);
    text[2] = (char)(0x80 | (bits & 0x3F));
    text[3] = '\0';
    return text;
}

static unsigned cell_ink(const canvas *on, size_t cell)
{
    const uint8_t *dots = on->dots[cell];
    if (on->marks[cell])
        return on->inks[cell];
    if (dots[LAYER_FRONT])
        return PLOT_FRONT;
    if (dots[LAYER_ACROSS] || dots[LAYER_UP])
        return PLOT_LINE;
    return dots[LAYER_CLOUD] || dots[LAYER_FAINT] ? PLOT_FAINT : PLOT_PLAIN;
}

/* Lines give way to the cloud in every other cell, so that both can be seen. */
static char plain_cell(const uint8_t *dots, bool even)
{
    bool cloud = dots[LAYER_CLOUD] || dots[LAYER_FAINT];
    if (dots[LAYER_FRONT])
        return 'o';
    if (dots[LAYER_ACROSS] && dots[LAYER_UP])
        return '+';
    if ((dots[LAYER_ACROSS] || dots[LAYER_UP]) && (even || !cloud))
        return dots[LAYER_UP] ? '|' : '-';
    return dots[LAYER_CLOUD] ? '.' : dots[LAYER_FAINT] ? ',' : ' ';
}

static uint8_t braille_cell(const uint8_t *dots)
{
    uint8_t lines = dots[LAYER_ACROSS] | dots[LAYER_UP];
    if (dots[LAYER_FRONT])
        return dots[LAYER_FRONT];
    return lines | (dots[LAYER_CLOUD] ? dots[LAYER_CLOUD] : dots[LAYER_FAINT]);
}

static void print_cell(const canvas *on, page *to, size_t cell, bool even)
{
    char text[4];
    const uint8_t *dots = on->dots[cell];
    if (on->marks[cell])
        fputc(on->marks[cell], to->out);
    else if (on->ascii)
        fputc(plain_cell(dots, even), to->out);
    else if (braille_cell(dots) == 0)
        fputc(' ', to->out);
    else
        fputs(braille_text(braille_cell(dots), text), to->out);
}

static bool is_empty(const canvas *on, size_t cell)
{
    static const uint8_t none[LAYERS];
    return on->marks[cell] == 0 && memcmp(on->dots[cell], none, sizeof none) == 0;
}

void canvas_print(const canvas *on, page *to, size_t row)
{
    unsigned shade = PLOT_PLAIN;
    size_t columns = on->columns;
    while (columns > 0 && is_empty(on, row * on->columns + columns - 1))
        columns--;
    for (size_t column = 0; column < columns; column++) {
        size_t cell = row * on->columns + column;
        unsigned next = cell_ink(on, cell);
        if (next != shade) {
            plot_ink_off(to, shade);
            plot_ink_on(to, next);
        }
        shade = next;
        print_cell(on, to, cell, (row + column) % 2 == 0);
    }
    plot_ink_off(to, shade);
}

/* ---- a bar ----------------------------------------------------------------------- */

/* How far along the scale a value lies, in parts, of which the whole has so many. */
static size_t parts_of(double least, double greatest, double value, size_t all)
{
    double size = greatest / 2 - least / 2;
    double part = size > 0 ? (value / 2) / size * (double)all : 0;
    size_t parts = part > (double)all ? all : part > 0 ? (size_t)(part + 0.5) : 0;
    return parts == 0 && value > 0 ? 1 : parts;
}

/* What stands in a cell of a bar to the right of 0, of which `eighths` are left. */
static const char *right_cell(size_t eighths, bool ascii)
{
    static const char *const blocks[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    if (ascii)
        return eighths >= 4 ? "#" : " ";
    return blocks[eighths > 8 ? 8 : eighths];
}

static const char *left_cell(size_t halves, bool ascii)
{
    if (ascii)
        return halves >= 1 ? "#" : " ";
    return halves >= 2 ? "█" : halves == 1 ? "▐" : " ";
}

/* A bar in parts: eighths to the right of cell `zero`, halves to its left; a line across
 * cell `line`, which is `cells` where there is none. */
typedef struct bar {
    size_t cells, zero, right, left, line;
    bool ascii;
} bar;

static bar bar_of(size_t cells, double least, double greatest, double value,
                  double mark, bool ascii)
{
    bar of = {.cells = cells, .line = cells, .ascii = ascii};
    of.zero = least < 0 ? parts_of(least, greatest, -least, cells) : 0;
    of.right = value > 0 ? parts_of(least, greatest, value, 8 * cells) : 0;
    of.left = value < 0 ? parts_of(least, greatest, -value, 2 * cells) : 0;
    if (ascii && of.right > 0 && of.right < 4)
        of.right = 4; /* half a cell, which shows */
    if (isfinite(mark)) {
        span scale = {.least = least, .greatest = greatest};
        of.line = (size_t)(span_place(&scale, mark) * (double)cells);
        of.line = of.line < cells ? of.line : cells - 1;
    }
    return of;
}

static const char *bar_cell(const bar *of, size_t cell)
{
    if (cell == of->line)
        return of->ascii ? "|" : "┃";
    if (cell < of->zero) {
        size_t before = 2 * (of->zero - 1 - cell);
        return left_cell(of->left > before ? of->left - before : 0, of->ascii);
    }
    size_t before = 8 * (cell - of->zero);
    return right_cell(of->right > before ? of->right - before : 0, of->ascii);
}

void bar_print(page *to, size_t cells, double least, double greatest, double value,
               double mark, bool ascii, unsigned shade)
{
    bar of = bar_of(cells, least, greatest, value, mark, ascii);
    unsigned now = PLOT_PLAIN;
    while (cells > 0 && *bar_cell(&of, cells - 1) == ' ')
        cells--;
    page_spaces(to, cells > 0 ? 2 : 0);
    for (size_t c = 0; c < cells; c++) {
        unsigned next = c == of.line ? PLOT_LINE : shade;
        if (next != now) {
            plot_ink_off(to, now);
            plot_ink_on(to, next);
        }
        now = next;
        fputs(bar_cell(&of, c), to->out);
    }
    plot_ink_off(to, now);
}
