using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>A strategy's quote ladder in one instrument, from when it was handed over until it is withdrawn.</summary>
internal sealed class StandingLadder(InstrumentId instrument)
{
    public InstrumentId Instrument { get; } = instrument;

    /// <summary>As the strategy handed it over last.</summary>
    public QuoteLadder Wanted { get; } = new();

    /// <summary>As it is in force.</summary>
    public QuoteLadder Ladder { get; } = new();

    public bool IsStanding { get; private set; }

    /// <summary>The market, the ladder or one of its orders changed: its orders are to be looked at.</summary>
    public bool IsDue { get; set; }

    /// <summary>The book can be quoted in: two sides, not crossed or locked, not stale, trading.</summary>
    public bool IsQuotable { get; private set; }

    public BestPrices Best { get; private set; }

    /// <summary>The best levels were looked at between the ends of two events, or the trading state has changed since: the next event is to be told, whatever it brings.</summary>
    public bool IsProvisional { get; private set; }

    /// <summary>Every event is to be told; else only those that moved a best price or made the book one that can, or can no longer, be quoted in.</summary>
    public bool WantsEvents => IsProvisional || Ladder.Reference == PriceReference.WeightedMid;

    /// <summary>A request of that side was refused or rejected, or the strategy canceled a quote of it: the side waits until the market or the ladder moves, or it would be refused again and again.</summary>
    public bool IsBuyBlocked { get; private set; }
    public bool IsSellBlocked { get; private set; }

    public bool IsBlocked(Side side) => side == Side.Buy ? IsBuyBlocked : IsSellBlocked;

    /// <summary>What was handed over is in force from here on.</summary>
    public void Stand()
    {
        Ladder.CopyFrom(Wanted);
        IsStanding = true;
        Renew();
    }

    public void Withdraw()
    {
        IsStanding = false;
        Renew();
    }

    public void Block(Side side)
    {
        IsBuyBlocked |= side == Side.Buy;
        IsSellBlocked |= side == Side.Sell;
    }

    /// <summary>Takes the instrument's best levels after a complete event.</summary>
    /// <param name="isQuotable">False: the best levels say nothing.</param>
    /// <param name="isBetweenEvents">No event is complete: they are taken all the same.</param>
    public void NoteMarket(bool isQuotable, in BestPrices best, bool isBetweenEvents = false)
    {
        bool isMoved = isQuotable != IsQuotable || best.Bid.Price != Best.Bid.Price || best.Ask.Price != Best.Ask.Price;
        bool isFollowed = isMoved || (Ladder.Reference == PriceReference.WeightedMid && best != Best);
        IsQuotable = isQuotable;
        IsProvisional = isBetweenEvents;
        Best = best;      // in any case: the next ladder may be measured from the quantities
        if (isFollowed) Renew();
    }

    /// <summary>What risk leaves of the quotes may have changed.</summary>
    public void NoteRisk() => Renew();

    /// <summary>Takes the quantities of the last event, which nobody had to tell because no price moved.</summary>
    public void Refresh(in BestPrices last)
    {
        bool isSame = !IsProvisional && last.Bid.Price == Best.Bid.Price && last.Ask.Price == Best.Ask.Price;
        if (isSame) Best = Best with { Bid = last.Bid, Ask = last.Ask };
    }

    private void Renew()
    {
        IsBuyBlocked = IsSellBlocked = false;
        IsDue = true;
    }
}
