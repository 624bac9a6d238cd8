/* kinds: what a person counts as, and the days of a wish as the lists count them. */
#include "exchange/planning.h"

enum { DAYS_OF_A_YEAR = 365 };

int32_t planning_day_in_lists(const truce_lists *lists, const truce_exchange_wish *wish,
                              int32_t day)
{
    int64_t from = wish->from, as_listed;
    if (lists->days_are_numbers == !wish->days_are_dates)
        return day;
    if (wish->from == TRUCE_NO_DAY)
        return TRUCE_NO_DAY;
    as_listed = wish->days_are_dates ? day - from + 1 : from + day - 1;
    return as_listed > INT32_MIN && as_listed <= INT32_MAX ? (int32_t)as_listed
                                                           : TRUCE_NO_DAY;
}

planning_kinds planning_kinds_of(const truce_lists *lists,
                                 const truce_exchange_wish *wish)
{
    int32_t first = wish->stage_days && wish->stage_count ? wish->stage_days[0] : 1;
    int64_t last = planning_day_in_lists(lists, wish, first);
    if (last == TRUCE_NO_DAY)
        for (size_t k = 0; k < lists->count; k++)
            if (lists->people[k].captured > last)
                last = lists->people[k].captured;
    return (planning_kinds){last - DAYS_OF_A_YEAR};
}

planning_kind planning_kind_of(planning_kinds kinds, const truce_person *who)
{
    if (who->owed)
        return PLANNING_OWED;
    if (who->health != TRUCE_FIT)
        return PLANNING_WOUNDED;
    if (who->captured != TRUCE_NO_DAY && who->captured < kinds.long_before)
        return PLANNING_LONG_HELD;
    return PLANNING_OTHER;
}
