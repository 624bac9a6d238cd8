/* The cloud of outcomes. Few are drawn one by one. Of many the plane is cut into cells, and a
 * cell is the darker the more outcomes lie in it, in five steps of the logarithm, so that
 * thin places can still be seen beside thick ones. */
#include "report/plot_bargain.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 1500, SHADES = 5 };

static const double CELL = 5;

typedef struct grid {
    size_t columns, rows;
    uint32_t *counts; /* [rows * columns] */
    uint32_t most;
} grid;

static double utility_at(const truce_cloud *cloud, size_t i, size_t k)
{
    return cloud->utilities[i * cloud->parties.count + k];
}

static void draw_dots(panel *at, bool permitted, svg_look look)
{
    const truce_cloud *cloud = at->what->cloud;
    size_t a = place_in_list(cloud->parties, at->across),
           u = place_in_list(cloud->parties, at->up);
    svg_path(at->to);
    for (size_t i = 0; i < cloud->size; i++)
        if (cloud->permitted[i] == permitted)
            svg_dot(at->to, scale_at(&at->x, utility_at(cloud, i, a)),
                    scale_at(&at->y, utility_at(cloud, i, u)));
    svg_path_end(at->to, look);
}

static size_t cell_of(double offset, size_t cells)
{
    double cell = floor(offset / CELL);
    return cell < 0 ? 0 : cell >= (double)cells ? cells - 1 : (size_t)cell;
}

static grid count_cells(const panel *at, bool permitted)
{
    const truce_cloud *cloud = at->what->cloud;
    size_t a = place_in_list(cloud->parties, at->across),
           u = place_in_list(cloud->parties, at->up);
    grid cells = {.columns = (size_t)ceil(at->frame.width / CELL),
                  .rows = (size_t)ceil(at->frame.height / CELL)};
    cells.counts =
        must_allocate_zeroed(cells.columns * cells.rows, sizeof *cells.counts);
    for (size_t i = 0; i < cloud->size; i++) {
        if (cloud->permitted[i] != permitted)
            continue;
        double x = scale_at(&at->x, utility_at(cloud, i, a)) - at->frame.x,
               y = scale_at(&at->y, utility_at(cloud, i, u)) - at->frame.y;
        uint32_t *count = &cells.counts[cell_of(y, cells.rows) * cells.columns +
                                        cell_of(x, cells.columns)];
        if (++*count > cells.most)
            cells.most = *count;
    }
    return cells;
}

/* 1..SHADES for a cell with outcomes, 0 for an empty one. */
static int shade_of(const grid *cells, size_t cell)
{
    if (cells->counts[cell] == 0)
        return 0;
    if (cells->most == 1)
        return SHADES / 2 + 1;
    double part = log((double)cells->counts[cell]) / log((double)cells->most);
    return 1 + (int)fmin(SHADES - 1, floor(part * SHADES));
}

static void draw_shades(panel *at, const grid *cells, double least, double most)
{
    for (int shade = 1; shade <= SHADES; shade++) {
        svg_path(at->to);
        for (size_t cell = 0; cell < cells->columns * cells->rows; cell++)
            if (shade_of(cells, cell) == shade)
                svg_cell(at->to, at->frame.x + (double)(cell % cells->columns) * CELL,
                         at->frame.y + (double)(cell / cells->columns) * CELL, CELL);
        svg_look look = svg_fill(SVG_CLOUD);
        look.opacity = least + (most - least) * (shade - 1) / (SHADES - 1);
        svg_path_end(at->to, look);
    }
}

static void draw_dense(panel *at, bool permitted, double least, double most)
{
    grid cells = count_cells(at, permitted);
    draw_shades(at, &cells, least, most);
    free(cells.counts);
}

void plot_cloud(panel *at, drawn *seen)
{
    const truce_cloud *cloud = at->what->cloud;
    bool forbidden = false, permitted = false;
    for (size_t i = 0; i < cloud->size; i++)
        *(cloud->permitted[i] ? &permitted : &forbidden) = true;
    bool dense = cloud->size > FEW;
    svg_look faint = {.line = SVG_GRID, .width = 4},
             plain = {.line = SVG_CLOUD, .width = 5.5, .opacity = 0.8};
    if (forbidden && dense)
        draw_dense(at, false, 0.1, 0.25);
    else if (forbidden)
        draw_dots(at, false, faint);
    if (permitted && dense)
        draw_dense(at, true, 0.22, 0.9);
    else if (permitted)
        draw_dots(at, true, plain);
    seen->cloud |= permitted;
    seen->dense |= dense;
    seen->forbidden |= forbidden;
}
