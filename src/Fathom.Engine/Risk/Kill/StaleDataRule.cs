using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk.Kill;

/// <summary>Watches how long an instrument in which something is at stake (a position, an order at the venue) has had no market data, or none that makes sense, while it should trade. Time is looked at when it has come, never at
/// a message: an event only notes that it was.</summary>
internal sealed class StaleDataRule(KillRule rule, Account account, OrderBlotter blotter, Instruments instruments, SessionCalendar calendar, KillSwitch killSwitch)
{
    private Seen[] _seen = [];
    private Timestamp _start = Timestamp.Earliest;

    public KillRule Rule => rule;

    /// <summary>When it is to look; None while nothing is at stake.</summary>
    public Timestamp NextWake { get; private set; } = Timestamp.None;

    private Duration Allowed => new(rule.Limit);

    /// <summary>A venue event is complete.</summary>
    /// <param name="isSound">The book has two sides, is not crossed and not stale.</param>
    public void NoteEvent(InstrumentId instrument, bool isSound, Timestamp clock)
    {
        ref Seen seen = ref SeenOf(instrument);
        seen.Last = clock;
        if (isSound) seen.UnsoundSince = Timestamp.None;
        else if (seen.UnsoundSince.IsNone) NoteUnsound(ref seen, instrument, clock);
    }

    /// <summary>An instrument's trading state is another: what was before does not count.</summary>
    public void NoteState(InstrumentId instrument, Timestamp clock)
    {
        ref Seen seen = ref SeenOf(instrument);
        seen.From = clock;
        if (IsAtStake(instrument)) NextWake = Timestamp.Min(NextWake, DueOf(instrument, clock));
    }

    /// <summary>An order leaves.</summary>
    public void NoteStake(InstrumentId instrument, Timestamp clock) => NextWake = Timestamp.Min(NextWake, DueOf(instrument, clock));

    /// <summary>Counts anew from here.</summary>
    public void Begin(Timestamp clock)
    {
        _start = clock;
        NextWake = Timestamp.Min(NextWake, clock + Allowed);
    }

    /// <param name="trips">Takes the instrument and the time without data in nanoseconds.</param>
    public void OnTime(Timestamp now, Action<InstrumentId, long> trips)
    {
        if (now < NextWake || NextWake.IsNone) return;
        NextWake = Timestamp.None;
        foreach (InstrumentHoldings open in account.Open) Judge(open.Instrument, now, trips);
        foreach (InstrumentId live in blotter.Exposure.Live)
            if (!account.HasPosition(live)) Judge(live, now, trips);
    }

    private void NoteUnsound(ref Seen seen, InstrumentId instrument, Timestamp clock)
    {
        seen.UnsoundSince = clock;
        if (IsAtStake(instrument)) NextWake = Timestamp.Min(NextWake, clock + Allowed);
    }

    private void Judge(InstrumentId instrument, Timestamp now, Action<InstrumentId, long> trips)
    {
        if (IsStopped(instrument)) return;
        Timestamp due = DueOf(instrument, now);
        if (due <= now) trips(instrument, rule.Limit + (now - due).Nanos);
        else NextWake = Timestamp.Min(NextWake, due);
    }

    /// <summary>When the time without data would be as long as is allowed; None while it does not trade.</summary>
    private Timestamp DueOf(InstrumentId instrument, Timestamp clock)
    {
        if (!instruments.StateOf(instrument).Matches()) return Timestamp.None;
        Session session = calendar.Next(clock);
        if (session.Open.IsNone) return Timestamp.None;
        ref Seen seen = ref SeenOf(instrument);
        Timestamp from = Timestamp.Max(Timestamp.Max(_start, seen.From), session.Open), last = Timestamp.Max(from, seen.Last);
        Timestamp since = seen.UnsoundSince.IsNone ? last : Timestamp.Min(last, Timestamp.Max(from, seen.UnsoundSince));
        return since + Allowed;
    }

    private bool IsAtStake(InstrumentId instrument) => account.HasPosition(instrument) || blotter.First(instrument) is not null;

    private bool IsStopped(InstrumentId instrument) =>
        killSwitch.IsOn || (rule.Scope == KillScope.Instrument && killSwitch.TryFind(KillSwitch.All, instrument, out _));

    private ref Seen SeenOf(InstrumentId instrument)
    {
        if (instrument.Index >= _seen.Length)
        {
            int known = _seen.Length;
            Array.Resize(ref _seen, Math.Max(instrument.Index + 1, known * 2));
            for (int i = known; i < _seen.Length; i++) _seen[i] = new Seen { Last = Timestamp.Earliest, From = Timestamp.Earliest, UnsoundSince = Timestamp.None };
        }
        return ref _seen[instrument.Index];
    }

    private struct Seen
    {
        /// <summary>The newest event.</summary>
        public Timestamp Last;
        /// <summary>Nothing before this counts.</summary>
        public Timestamp From;
        /// <summary>None while the book is sound.</summary>
        public Timestamp UnsoundSince;
    }
}
