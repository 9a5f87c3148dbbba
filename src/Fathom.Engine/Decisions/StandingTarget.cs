using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>A strategy's target position in one instrument, from when it was stated until it is withdrawn.</summary>
internal sealed class StandingTarget(InstrumentId instrument)
{
    public InstrumentId Instrument { get; } = instrument;

    /// <summary>As the strategy stated it last.</summary>
    public TargetPosition Wanted { get; set; }

    /// <summary>As it is in force.</summary>
    public TargetPosition Target { get; private set; }

    public bool IsStanding { get; private set; }

    /// <summary>The market, the target, the position or the order changed: there may be something to do.</summary>
    public bool IsDue { get; set; }

    /// <summary>The book can be traded against: two sides, not crossed or locked, not stale, trading.</summary>
    public bool IsQuotable { get; private set; }

    public BestPrices Best { get; private set; }

    /// <summary>The best levels were looked at between the ends of two events, or the trading state has changed since: the next event is to be told, whatever it brings.</summary>
    public bool IsProvisional { get; private set; }

    /// <summary>A request was refused, rejected or found no liquidity: nothing is tried until the best prices, the target or the position move, or it would be
    /// the same again and again.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>An exit of the engine's has got out of its position: until another target is stated it is not gone back into.</summary>
    public bool IsExited { get; private set; }

    public void Stand(TargetPosition target)
    {
        if (IsStanding && target == Target) return;      // said again it has not moved: what is blocked stays so
        Target = target;
        IsStanding = true;
        IsExited = false;
        Renew();
    }

    public void Withdraw()
    {
        IsStanding = IsExited = false;
        Renew();
    }

    /// <summary>An exit was filled.</summary>
    public void NoteExit() => IsExited = IsStanding;

    public void Block() => IsBlocked = true;

    /// <summary>The position moved.</summary>
    public void NotePosition() => Renew();

    /// <summary>What risk leaves of the target may have changed.</summary>
    public void NoteRisk() => Renew();

    /// <summary>Takes the instrument's best levels after a complete event.</summary>
    /// <param name="isQuotable">False: the best levels say nothing.</param>
    /// <param name="isBetweenEvents">No event is complete: they are taken all the same.</param>
    public void NoteMarket(bool isQuotable, in BestPrices best, bool isBetweenEvents = false)
    {
        bool isMoved = isQuotable != IsQuotable || best.Bid.Price != Best.Bid.Price || best.Ask.Price != Best.Ask.Price;
        IsQuotable = isQuotable;
        IsProvisional = isBetweenEvents;
        Best = best;
        if (isMoved) Renew();
    }

    private void Renew()
    {
        IsBlocked = false;
        IsDue = true;
    }
}
