namespace Fathom.Tests;

/// <summary>Measures what work allocates.</summary>
internal static class Allocated
{
    private const int Rounds = 5;

    /// <summary>Bytes that the work allocates on this thread: the least of several rounds. A collection that another test causes in between makes the runtime
    /// count the unused rest of this thread's buffer, up to 8 KB; what really allocates does so in every round.</summary>
    public static long AtLeast(Action work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
