using Fathom.Domain.Values;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Engine.Risk.Kill;

/// <summary>Counts something by account, strategy or instrument within a window, as far as a rule has to know: no more times are kept than its limit.</summary>
internal sealed class KillCounter(KillRule rule)
{
    private readonly Dictionary<int, RecentOrders> _recent = [];

    public KillRule Rule { get; } = rule;

    /// <summary>One more.</summary>
    /// <param name="of">Number of whom the rule counts by.</param>
    /// <returns>True when there are as many within the window as the rule allows no more.</returns>
    public bool Note(int of, Timestamp clock)
    {
        if (!_recent.TryGetValue(of, out RecentOrders? recent)) _recent.Add(of, recent = new RecentOrders(new OrderRate((int)Rule.Limit, Rule.Window)));
        recent.Note(clock);
        return recent.IsFull(clock);
    }

    /// <summary>Counts anew.</summary>
    public void Forget(int of) => _recent.Remove(of);
}
