using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>One position that is being closed: what was asked for, and what has happened since.</summary>
internal sealed class LiquidationPlan(InstrumentId instrument, Quantity keep, ReasonCode reason, Quantity start, Timestamp clock, int floorBps)
{
    public InstrumentId Instrument { get; } = instrument;

    /// <summary>The size down to which it closes.</summary>
    public Quantity Keep { get; private set; } = keep;

    public ReasonCode Reason { get; } = reason;

    /// <summary>The position at the beginning, signed.</summary>
    public Quantity Start { get; } = start;

    public Timestamp Began { get; } = clock;

    /// <summary>The mid at the beginning, twice, in units of 1e-9; only where <see cref="HasReference"/>.</summary>
    public Int128 TwiceReference { get; private set; }

    public bool HasReference { get; private set; }

    /// <summary>As it is in force.</summary>
    public int FloorBps { get; private set; } = floorBps;

    /// <summary>No order leaves before.</summary>
    public Timestamp NextSlice { get; private set; } = clock;

    /// <summary>When the market last traded and something was filled, it began or was widened: from here patience counts. None while the market does not trade.</summary>
    public Timestamp StuckSince { get; private set; } = clock;

    /// <summary>Refusals and rejections since anything else was heard.</summary>
    public int Rejects { get; private set; }

    /// <summary>By the newest of them.</summary>
    public ReasonCode RejectReason { get; private set; }

    public int Orders { get; private set; }

    /// <summary>What it waits for, as it was when last looked at; None before it was.</summary>
    public LiquidationObstacle Obstacle { get; private set; }

    /// <summary>Since when it has been waiting for an answer; None while it waits for none.</summary>
    public Timestamp UnansweredSince { get; private set; } = Timestamp.None;

    /// <summary>The last obstacle that was said.</summary>
    public LiquidationObstacle Told { get; private set; }

    /// <summary>Something moved: it is to be looked at.</summary>
    public bool IsDue { get; set; } = true;

    /// <summary>Looked at again at this time even if nothing happens; None: only then.</summary>
    public Timestamp Wake { get; set; } = Timestamp.None;

    /// <summary>More is asked for than before; what is less does not count.</summary>
    public void Keeps(Quantity keep)
    {
        Keep = Quantity.Min(Keep, keep);
        IsDue = true;
    }

    /// <summary>The first sound book gives the reference.</summary>
    public void NoteMid(Price bid, Price ask)
    {
        if (!HasReference) (TwiceReference, HasReference) = ((Int128)bid.Nanos + ask.Nanos, true);
    }

    public void NoteTrading(bool isTrading, Timestamp clock)
    {
        if (!isTrading) StuckSince = Timestamp.None;
        else if (StuckSince.IsNone) StuckSince = clock;
    }

    public void NoteSent(Timestamp clock, Duration interval)
    {
        Orders++;
        NextSlice = clock + interval;
        (Obstacle, UnansweredSince) = (LiquidationObstacle.Unanswered, clock);
        ForgetSilence();
    }

    /// <summary>An order did not even come to stand.</summary>
    public void NoteReject(ReasonCode reason, Timestamp clock, Duration interval)
    {
        Rejects++;
        RejectReason = reason;
        (Obstacle, UnansweredSince) = (LiquidationObstacle.Pace, Timestamp.None);
        NextSlice = Timestamp.Max(NextSlice, clock + interval);
        IsDue = true;
    }

    /// <summary>An order of it was over without a rejection.</summary>
    public void NoteAnswer() => Rejects = 0;

    public void NoteFill(Timestamp clock)
    {
        Rejects = 0;
        if (!StuckSince.IsNone) StuckSince = clock;
        IsDue = true;
    }

    public void Widen(int bps, int max, Timestamp clock)
    {
        FloorBps = (int)Math.Min((long)FloorBps + bps, max);
        StuckSince = clock;
    }

    /// <summary>It waits. Pacing is not worth saying, an answer that is missing only after patience, anything else at once; each once.</summary>
    /// <returns>True when this is to be said.</returns>
    public bool TryNote(LiquidationObstacle obstacle, Timestamp clock, Duration patience)
    {
        Obstacle = obstacle;
        if (obstacle == LiquidationObstacle.Unanswered)
        {
            if (UnansweredSince.IsNone) UnansweredSince = clock;
            if (UnansweredSince + patience > clock) return false;
        }
        else
        {
            UnansweredSince = Timestamp.None;
            ForgetSilence();
        }
        if (obstacle is LiquidationObstacle.None or LiquidationObstacle.Pace || obstacle == Told) return false;
        Told = obstacle;
        return true;
    }

    /// <summary>The answer came; the next one that is missing is worth a word of its own.</summary>
    private void ForgetSilence()
    {
        if (Told == LiquidationObstacle.Unanswered) Told = LiquidationObstacle.None;
    }
}
