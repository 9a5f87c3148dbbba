using Fathom.Domain.Values;

namespace Fathom.Data.Merging;

/// <summary>
/// Merges sources by the times at which their messages take effect, run by run: what one source has before any other's next message is copied as a whole.
///
/// The heads stand in a heap by the time of their next message; one whose block is used up, or that is not open yet, stands there by a time before which it has nothing, and is read (opened) only when it
/// comes to the top. So of sources that follow each other in time one is open at a time, whatever their number; and what comes first never depends on how far anybody has read ahead.
///
/// At equal time bars that end come before bars that begin, whoever has them; else the sources come in their order, each keeps its own.
/// </summary>
internal sealed class TimeMerge : IDisposable
{
    private readonly MergeHead[] _heads;
    private readonly int[] _heap;      // numbers of heads, the next one first
    private int _count;

    public TimeMerge(IReadOnlyList<MergeInput> inputs)
    {
        _heads = [.. inputs.Select((input, number) => new MergeHead(input, number, inputs.Count))];
        _heap = [.. Enumerable.Range(0, inputs.Count)];
        _count = inputs.Count;
        for (int at = _count / 2 - 1; at >= 0; at--) SiftDown(at);
    }

    /// <summary>Whether the next message can be told without reading from a source.</summary>
    public bool IsReached => _count > 0 && _heads[_heap[0]].IsReached;

    /// <summary>Messages of a source that were handed on.</summary>
    public long MessageCount(int source) => _heads[source].MessageCount;

    /// <summary>The source whose message comes next; −1 at the end of all.</summary>
    public int Next()
    {
        while (_count > 0)
        {
            int top = _heap[0];
            if (_heads[top].IsReached) return top;
            if (!_heads[top].TryReach()) _heap[0] = _heap[--_count];
            SiftDown(0);
        }
        return -1;
    }

    /// <summary>Whether a source has anything left; reads from it where that is not known.</summary>
    public bool HasMore(int source)
    {
        MergeHead head = _heads[source];
        if (head.IsReached) return true;
        bool hasMore = head.TryReach();
        int at = Array.IndexOf(_heap, source, 0, _count);
        if (at >= 0) SiftDown(at);      // its time is later or the same; one that has ended is taken off when it comes to the top
        return hasMore;
    }

    /// <summary>Copies messages of the source that <see cref="Next"/> named, up to the next message of another one.</summary>
    /// <returns>Bytes; 0 when there is no room.</returns>
    public int Copy(Span<byte> to)
    {
        MergeHead top = _heads[_heap[0]];
        (Timestamp limit, int limitRank) = (Timestamp.None, int.MaxValue);
        for (int at = 1; at <= 2 && at < _count; at++)
            if (_heads[_heap[at]] is var other && (other.Time < limit || (other.Time == limit && other.Rank < limitRank))) (limit, limitRank) = (other.Time, other.Rank);
        int copied = top.CopyUpTo(limit, limitRank, to);
        SiftDown(0);
        return copied;
    }

    public void Dispose()
    {
        foreach (MergeHead head in _heads) head.Dispose();
    }

    private void SiftDown(int at)
    {
        while (true)
        {
            int least = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < _count; child++)
                if (IsBefore(_heap[child], _heap[least])) least = child;
            if (least == at) return;
            (_heap[at], _heap[least]) = (_heap[least], _heap[at]);
            at = least;
        }
    }

    private bool IsBefore(int left, int right)
    {
        (MergeHead one, MergeHead other) = (_heads[left], _heads[right]);
        return one.Time < other.Time || (one.Time == other.Time && one.Rank < other.Rank);
    }
}
