/* ranks: one tournament on many machines by MPI, where truce was built with it. */
#include "tournament.h"

#ifdef TRUCE_MPI

#include <mpi.h>
#include <stdlib.h>

/* Only under mpirun is MPI begun at all: it takes a second. */
bool ranks_begin(uint64_t *rank, uint64_t *ranks)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    int own, all;
    if (size == NULL || MPI_Init(NULL, NULL) != MPI_SUCCESS)
        return false;
    MPI_Comm_rank(MPI_COMM_WORLD, &own);
    MPI_Comm_size(MPI_COMM_WORLD, &all);
    *rank = (uint64_t)own;
    *ranks = (uint64_t)all;
    return true;
}

void ranks_wait(void)
{
    MPI_Barrier(MPI_COMM_WORLD);
}

bool ranks_all_good(bool good)
{
    int own = good, all = 0;
    MPI_Allreduce(&own, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    return all != 0;
}

void ranks_end(void)
{
    MPI_Finalize();
}

#else

bool ranks_begin(uint64_t *rank, uint64_t *ranks)
{
    *rank = 0;
    *ranks = 1;
    return false;
}

void ranks_wait(void)
{
}

bool ranks_all_good(bool good)
{
    return good;
}

void ranks_end(void)
{
}

#endif
