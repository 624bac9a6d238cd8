/* bands.h - people who are alike to the stages, counted. */
#ifndef EXCHANGE_BANDS_H
#define EXCHANGE_BANDS_H

#include "exchange/calendar.h"

#define BANDS_NONE UINT32_MAX

/* Of one side and site, ready from stage `first` to stage `last` (from 0), in one
 * group.
 *   chosen   how many of them the selection took
 *   people   how many there are
 *   heads    how many are meant to go; begins as chosen */
typedef struct band {
    uint32_t site, first, last, group;
    bool owed;
    uint64_t chosen, people, heads;
} band;

/* Groups are those who may stand in for each other without breaking the wish: those of
 * one class where there are quotas, of one rank under a tariff, else everybody.
 *   least    [2][groups] heads that must go
 *   most     [2][groups] heads that may go; CALENDAR_NO_LIMIT where nothing was said
 *   band_of  [lists->count] index into all[side]; BANDS_NONE for those not traded */
typedef struct bands {
    band *all[2];
    size_t count[2], room[2];
    size_t groups;
    int64_t *least[2], *most[2];
    uint32_t *band_of;
} bands;

/* The traded people who may go, in bands, by the order of choice. band_of, least and
 * most live in memory, the bands themselves until bands_free(). O(people). */
bands bands_new(const planning *p, const calendar *c, arena *memory);
void bands_free(bands *b);

/* Does this person, who may go, count in what is traded? */
bool bands_traded(const planning *p, uint32_t person);

#endif
