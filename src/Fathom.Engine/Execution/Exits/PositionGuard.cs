using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Exits;

/// <summary>What is known of the position that one instrument's exits are for, from when it was opened until it is flat or has turned.</summary>
internal sealed class PositionGuard(InstrumentId instrument)
{
    public InstrumentId Instrument { get; } = instrument;

    /// <summary>Something moved: its orders are to be looked at.</summary>
    public bool IsDue { get; set; }

    /// <summary>Of the exit orders; None while nothing is held.</summary>
    public Side Side { get; private set; }

    public Timestamp OpenedAt { get; private set; } = Timestamp.None;

    /// <summary>Fixed when the position was opened, so that a trail never becomes longer; None where nothing trails.</summary>
    public Price TrailOffset { get; private set; } = Price.None;

    /// <summary>Why all of it is to go, at any price; None while it is kept.</summary>
    public ReasonCode Closing { get; private set; }

    public ExitAttempts Stop = new(), TakeProfit = new(), Close = new();

    /// <summary>There was nobody to trade with: the next complete event of the market is waited for.</summary>
    public bool WaitsForEvent { get; private set; }

    /// <summary>The position may be closed now, as far as the market goes.</summary>
    public bool MayClose(Timestamp clock) => !WaitsForEvent && Close.MayTry(clock);

    public void WaitForEvent() => WaitsForEvent = true;

    /// <summary>Another position than before: one that was opened, or none.</summary>
    public void Begin(Side side, Timestamp openedAt, Price trailOffset)
    {
        (Side, OpenedAt, TrailOffset, Closing) = (side, openedAt, trailOffset, ReasonCode.None);
        Reset();
    }

    /// <summary>The first reason stays.</summary>
    public void BeginClosing(ReasonCode reason)
    {
        if (Closing == ReasonCode.None) Closing = reason;
    }

    public void NoteEvent() => WaitsForEvent = false;

    /// <summary>All is tried again.</summary>
    public void Reset()
    {
        Stop.Reset();
        TakeProfit.Reset();
        Close.Reset();
        WaitsForEvent = false;
    }

    /// <summary>When it is to be looked at by itself; None where nothing but the market and the venue can move it.</summary>
    public Timestamp NextWake(Duration timeStop, Timestamp clock)
    {
        if (Side == Side.None) return Timestamp.None;
        Timestamp next = Closing == ReasonCode.None && timeStop > Duration.Zero ? OpenedAt + timeStop : Timestamp.None;
        foreach (Timestamp due in (ReadOnlySpan<Timestamp>)[Stop.Due, TakeProfit.Due, Close.Due])
            if (due > clock) next = Timestamp.Min(next, due);
        return next;
    }
}
