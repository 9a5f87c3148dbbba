using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>One scope's limits in whole numbers, and what is kept to hold against them. A limit that is not stated is the largest number.</summary>
internal sealed class ScopeState
{
    public ScopeState(RiskScope scope, int owner, ScopeLimits limits)
    {
        (Scope, Owner, Limits) = (scope, owner, limits);
        PositionMax = limits.PositionMax.Nanos;
        GrossMax = Nanos(limits.GrossNotionalMax);
        NetMax = Nanos(limits.NetNotionalMax);
        LossMax = Nanos(limits.DailyLossMax);
        LeverageMax = Nanos(limits.LeverageMax);
        OrdersMax = limits.OpenOrdersMax ?? int.MaxValue;
        HasExposure = limits.HasExposure;
        HasLeverage = limits.LeverageMax is not null;
        if (limits.ConcentrationMax is { } concentration) (ShareMax, ShareFrom) = ((long)(concentration.Share * Price.Scale), Nanos(concentration.From));
        Rates = RateLimits.Of(limits);
        Messages = limits.MessagesPerFillMax is { } ratio ? new MessageCount(ratio) : null;
    }

    public RiskScope Scope { get; }

    /// <summary>Whose orders count: a strategy's, or −1 for the account's.</summary>
    public int Owner { get; }

    public ScopeLimits Limits { get; }

    /// <summary>Null where no rate is limited.</summary>
    public RateLimits? Rates { get; }

    /// <summary>Null where messages per fill are not limited.</summary>
    public MessageCount? Messages { get; }

    public bool HasExposure { get; }

    public bool HasLeverage { get; }

    // Quantities and money in units of 1e-9; leverage and share in 1e-9.
    public readonly Int128 PositionMax, GrossMax, NetMax, LossMax, LeverageMax;
    public readonly Int128 ShareFrom;
    public readonly long ShareMax;
    public readonly int OrdersMax;

    // ---- kept by the sums

    /// <summary>Worth of everything held and live, of what is held, and of what may be bought and sold net; units of 1e-9 of the account's currency.</summary>
    public Int128 Gross, Held, Long, Short;

    /// <summary>Net position with everything live of a side filled, counted in that direction; units of 1e-9.</summary>
    public Int128 LongUnits, ShortUnits;

    /// <summary>Live orders.</summary>
    public int Orders;

    /// <summary>Stands for no limit.</summary>
    public static Int128 Unlimited => Int128.MaxValue;

    private static Int128 Nanos(decimal? value) => value is { } stated ? (Int128)(stated * Price.Scale) : Unlimited;
}
