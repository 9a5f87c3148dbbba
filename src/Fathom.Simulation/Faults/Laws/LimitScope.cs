using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>What a part of the account may have at most, as it was stated.</summary>
/// <param name="Name">For people.</param>
/// <param name="Owner">Number of the strategy whose part it is; null: the whole account's.</param>
/// <param name="Symbols">Of its instruments; null: all.</param>
internal sealed record LimitScope(string Name, int? Owner, IReadOnlyCollection<string>? Symbols, ScopeLimits Limits)
{
    /// <summary>Its position is that of its instruments together, each with its sign.</summary>
    public bool IsSummed { get; init; }

    public bool HasExposure => Limits.GrossNotionalMax is not null || Limits.NetNotionalMax is not null || Limits.LeverageMax is not null || Limits.ConcentrationMax is not null || HasPosition;

    public bool HasPosition => IsSummed && !Limits.PositionMax.IsNone;

    /// <summary>Null for any.</summary>
    public int? OpenOrdersMax => Limits.OpenOrdersMax;

    public bool HasRate => Limits.OrderRateMax is not null || Limits.ReplaceRateMax is not null || Limits.CancelRateMax is not null || Limits.MessagesPerFillMax is not null;

    /// <summary>The longest window of its rates.</summary>
    public Duration LongestWindow
    {
        get
        {
            Duration longest = Duration.Zero;
            foreach (OrderRate? rate in (OrderRate?[])[Limits.OrderRateMax, Limits.ReplaceRateMax, Limits.CancelRateMax])
                if (rate is { } stated && stated.Window > longest) longest = stated.Window;
            return longest;
        }
    }

    /// <param name="symbol">Empty where it is not known.</param>
    public bool Concerns(int strategy, string symbol) => (Owner is null || Owner == strategy) && Contains(symbol);

    public bool Contains(string symbol)
    {
        if (Symbols is null) return true;
        foreach (string own in Symbols)
            if (own == symbol) return true;
        return false;
    }
}
