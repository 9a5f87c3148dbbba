using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>What the gate holds every order and replacement to; nothing is limited that is not stated. Each limit holds for every strategy and for the account as a
/// whole.</summary>
/// <remarks>While a limit in money is stated, orders in a currency that has no rate into the account's are refused: they could not be counted. What others do in such
/// a currency with this account is left out.</remarks>
public sealed record RiskLimits
{
    /// <summary>Largest limit in money.</summary>
    public const decimal MoneyMax = 1_000_000_000_000_000;

    /// <summary>Widest collar.</summary>
    public const int CollarBpsMax = 1_000_000;

    private const int RateCountMax = 1_000_000;

    private readonly Quantity _positionMax = Quantity.None, _quantityMax = Quantity.None;
    private readonly decimal? _grossNotionalMax, _dailyLossMax;
    private readonly int? _priceCollarBps;
    private readonly OrderRate? _orderRateMax;

    /// <summary>Largest position of either sign in one instrument, with every live order of that direction filled; None for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity PositionMax
    {
        get => _positionMax;
        init => _positionMax = AboveZero(value, nameof(PositionMax));
    }

    /// <summary>Largest quantity of one order, what of it is filled included; None for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity QuantityMax
    {
        get => _quantityMax;
        init => _quantityMax = AboveZero(value, nameof(QuantityMax));
    }

    /// <summary>How far a price may be from the last good mid in the direction that costs us (a buy above, a sell below), in 1/10,000 of the mid's size; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 1,000,000.</exception>
    public int? PriceCollarBps
    {
        get => _priceCollarBps;
        init
        {
            if (value is < 1 or > CollarBpsMax) throw new ArgumentOutOfRangeException(nameof(PriceCollarBps), value, $"A collar is 1 to {CollarBpsMax} bps.");
            _priceCollarBps = value;
        }
    }

    /// <summary>Largest sum over instruments of (|position| + what live orders of both sides may still fill) × mark × multiplier, in the account's currency; null for any.
    /// An order that only makes a position smaller passes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="MoneyMax"/>.</exception>
    public decimal? GrossNotionalMax
    {
        get => _grossNotionalMax;
        init => _grossNotionalMax = Money(value, nameof(GrossNotionalMax));
    }

    /// <summary>How many orders and replacements may leave in any window, by the engine's clock; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count that is not 1 to 1,000,000, or a window that is not above zero.</exception>
    public OrderRate? OrderRateMax
    {
        get => _orderRateMax;
        init
        {
            if (value is { } rate && (rate.Count is < 1 or > RateCountMax || rate.Window <= Duration.Zero))
                throw new ArgumentOutOfRangeException(nameof(OrderRateMax), value, $"A rate is 1 to {RateCountMax} orders in a time above zero.");
            _orderRateMax = value;
        }
    }

    /// <summary>Once the equity, unrealised profit included, was so much below that at the start of the UTC day, only orders that make the strategy's position smaller pass
    /// until the day is over; in the account's currency. Null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="MoneyMax"/>.</exception>
    public decimal? DailyLossMax
    {
        get => _dailyLossMax;
        init => _dailyLossMax = Money(value, nameof(DailyLossMax));
    }

    /// <summary>What is done about an order that would meet one of the account's own.</summary>
    public SelfMatch SelfMatch { get; init; }

    private static Quantity AboveZero(Quantity value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value.Nanos, name);
        return value;
    }

    private static decimal? Money(decimal? value, string name) =>
        value is <= 0 or > MoneyMax ? throw new ArgumentOutOfRangeException(name, value, $"A limit in money is above zero and at most {MoneyMax}.") : value;
}
