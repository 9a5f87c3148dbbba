namespace Fathom.Simulation.Faults;

/// <summary>The faults of a schedule whose step has come and that have not struck yet, oldest first.</summary>
internal sealed class PendingFaults(IReadOnlyList<Fault> faults)
{
    private readonly List<Fault> _pending = [];
    private int _next;

    public IReadOnlyList<Fault> Pending => _pending;

    public void Advance(long step)
    {
        while (_next < faults.Count && faults[_next].Step <= step) _pending.Add(faults[_next++]);
    }

    /// <summary>The oldest of these kinds; it has struck then.</summary>
    public bool TryTake(FaultKinds kinds, out Fault fault)
    {
        for (int i = 0; i < _pending.Count; i++)
        {
            if (!kinds.Contains(_pending[i].Kind)) continue;
            fault = _pending[i];
            _pending.RemoveAt(i);
            return true;
        }
        fault = default;
        return false;
    }

    public void RemoveAt(int index) => _pending.RemoveAt(index);

    /// <summary>Nothing strikes any more.</summary>
    public void End()
    {
        _pending.Clear();
        _next = faults.Count;
    }
}
