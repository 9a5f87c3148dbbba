using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>
/// Which executions of a venue have been booked. Remembering every id for ever would grow with the run, forgetting old ones would book a repeated
/// fill twice. Venues that number their executions 1, 2, 3 … (the simulated one does) need one number, up to which all were seen, and a set of
/// those that came early. Ids that are not numbers (the connector hashed a text) are kept for the whole run, some 32 bytes each: a million
/// fills of such a venue are 32 MB. Numbers that leave a gap for good (a venue that counts over all its members) cost the same.
/// </summary>
public sealed class SeenExecutions
{
    private readonly HashSet<ExecutionId> _others = [];
    private ulong _allUpTo;

    /// <summary>Ids remembered one by one.</summary>
    public int RememberedCount => _others.Count;

    /// <summary>Of ids that are numbers, all up to here were seen.</summary>
    internal ulong AllUpTo => _allUpTo;

    /// <summary>The ids that are remembered one by one, in ascending order.</summary>
    internal ExecutionId[] Others()
    {
        ExecutionId[] others = [.. _others];
        Array.Sort(others, static (left, right) => (left.High, left.Low).CompareTo((right.High, right.Low)));
        return others;
    }

    /// <summary>Goes on from where an earlier session was.</summary>
    internal void Restore(ulong allUpTo, ReadOnlySpan<ExecutionId> others)
    {
        _allUpTo = allUpTo;
        foreach (ExecutionId id in others) _others.Add(id);
    }

    /// <summary>Notes an id; false when it was seen before.</summary>
    public bool TryAdd(ExecutionId id)
    {
        if (id.High != 0) return _others.Add(id);
        if (id.Low <= _allUpTo) return false;
        if (id.Low != _allUpTo + 1) return _others.Add(id);
        _allUpTo++;
        while (_others.Count > 0 && _others.Remove(new ExecutionId(0, _allUpTo + 1))) _allUpTo++;
        return true;
    }
}
