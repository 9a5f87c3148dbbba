using Fathom.Domain.Values;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Engine.Risk.Kill;

/// <summary>Counts something by account, strategy or instrument within a window, as far as a rule has to know: no more times are kept than its limit.</summary>
/// <remarks>The account's and the strategies' times have their room from the beginning: a message that leaves allocates nothing. An instrument's, of which there may be thousands, when the venue rejects something there
/// for the first time.</remarks>
internal sealed class KillCounter
{
    private readonly OrderRate _rate;
    private RecentOrders?[] _recent;      // the account's and the strategies' from −1 on, or the instruments'

    public KillCounter(KillRule rule, int strategies)
    {
        (Rule, _rate) = (rule, new OrderRate((int)rule.Limit, rule.Window));
        (int first, int count) = rule.Scope switch { KillScope.Account => (0, 1), KillScope.Strategy => (1, strategies), _ => (0, 0) };
        _recent = new RecentOrders?[first + count];
        for (int i = first; i < _recent.Length; i++) _recent[i] = new RecentOrders(_rate);
    }

    public KillRule Rule { get; }

    /// <summary>One more.</summary>
    /// <param name="of">Number of whom the rule counts by; −1 for the account.</param>
    /// <returns>True when there are as many within the window as the rule allows no more.</returns>
    public bool Note(int of, Timestamp clock)
    {
        int at = PlaceOf(of);
        if (at >= _recent.Length) Array.Resize(ref _recent, Math.Max(at + 1, _recent.Length * 2));
        RecentOrders recent = _recent[at] ??= new RecentOrders(_rate);
        recent.Note(clock);
        return recent.IsFull(clock);
    }

    /// <summary>Counts anew.</summary>
    public void Forget(int of)
    {
        int at = PlaceOf(of);
        if ((uint)at < (uint)_recent.Length) _recent[at]?.Clear();
    }

    private int PlaceOf(int of) => Rule.Scope == KillScope.Instrument ? of : of + 1;
}
