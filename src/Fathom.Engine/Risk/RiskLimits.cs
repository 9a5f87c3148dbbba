using Fathom.Domain.Values;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Engine.Risk;

/// <summary>What the gate holds every order and replacement to; nothing is limited that is not stated. What is stated here holds for every strategy and for the account as a
/// whole (rates and messages per fill for the account alone); what is stated for one of them, an instrument, a product or a group holds there in its place, or beside it.</summary>
/// <remarks>While a limit in money is stated, orders in a currency that has no rate into the account's are refused: they could not be counted. What others do in such
/// a currency with this account is left out.</remarks>
public sealed record RiskLimits
{
    /// <summary>Largest limit in money.</summary>
    public const decimal MoneyMax = 1_000_000_000_000_000;

    /// <summary>Widest collar.</summary>
    public const int CollarBpsMax = 1_000_000;

    private readonly Quantity _positionMax = Quantity.None, _quantityMax = Quantity.None, _quantityMin = Quantity.None;
    private readonly decimal? _grossNotionalMax, _dailyLossMax, _orderNotionalMax, _orderNotionalMin;
    private readonly int? _priceCollarBps;
    private readonly OrderRate? _orderRateMax;
    private readonly Duration _duplicateWindow;

    // ---- of one order

    /// <summary>How far a price may be from the reference in the direction that costs us (a buy above, a sell below), in 1/10,000 of the reference's size; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 1,000,000.</exception>
    public int? PriceCollarBps
    {
        get => _priceCollarBps;
        init => _priceCollarBps = value is < 1 or > CollarBpsMax ? throw LimitChecks.Wrong(value, $"A collar is 1 to {CollarBpsMax} bps.") : value;
    }

    /// <summary>From which price the collar is measured.</summary>
    public CollarReference PriceCollarFrom { get; init; }

    /// <summary>Largest quantity of one order, what of it is filled included; None for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity QuantityMax
    {
        get => _quantityMax;
        init => _quantityMax = LimitChecks.AboveZero(value);
    }

    /// <summary>Smallest quantity of one order, what of it is filled included; None for any. An order that only reduces a position passes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity QuantityMin
    {
        get => _quantityMin;
        init => _quantityMin = LimitChecks.AboveZero(value);
    }

    /// <summary>Largest quantity × price × multiplier of one order, in the account's currency, at its own price, else at the mark; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="MoneyMax"/>.</exception>
    public decimal? OrderNotionalMax
    {
        get => _orderNotionalMax;
        init => _orderNotionalMax = LimitChecks.Money(value);
    }

    /// <summary>As <see cref="OrderNotionalMax"/>, the smallest. An order that only reduces a position passes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As there.</exception>
    public decimal? OrderNotionalMin
    {
        get => _orderNotionalMin;
        init => _orderNotionalMin = LimitChecks.Money(value);
    }

    /// <summary>The same order again (strategy, instrument, side, type, price, quantity) within this time of the first is refused; zero: it is not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public Duration DuplicateWindow
    {
        get => _duplicateWindow;
        init => _duplicateWindow = value < Duration.Zero ? throw LimitChecks.Wrong(value, "A window is not below zero.") : value;
    }

    /// <summary>When orders may leave.</summary>
    public TradingTimes TradingTimes { get; init; }

    /// <summary>Those that are allowed; none: all.</summary>
    public IReadOnlyList<Domain.Messages.TimeInForce> TimesInForce { get; init; } = [];

    /// <summary>What is done about an order that would meet one of the account's own.</summary>
    public SelfMatch SelfMatch { get; init; }

    // ---- of each strategy and of the account

    /// <summary>Largest position of either sign in one instrument, with every live order of that direction filled; None for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity PositionMax
    {
        get => _positionMax;
        init => _positionMax = LimitChecks.AboveZero(value);
    }

    /// <summary>Largest sum over instruments of (|position| + what live orders of both sides may still fill) × mark × multiplier, in the account's currency; null for any.
    /// An order that only makes a position smaller passes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="MoneyMax"/>.</exception>
    public decimal? GrossNotionalMax
    {
        get => _grossNotionalMax;
        init => _grossNotionalMax = LimitChecks.Money(value);
    }

    /// <summary>How many orders and replacements of the account may leave in any window, by the engine's clock; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count that is not 1 to 1,000,000, or a window that is not above zero.</exception>
    public OrderRate? OrderRateMax
    {
        get => _orderRateMax;
        init => _orderRateMax = LimitChecks.Rate(value);
    }

    /// <summary>Once the equity, unrealised profit included, was so much below that at the start of the UTC day, only orders that make the strategy's position smaller pass
    /// until the day is over; in the account's currency. Null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="MoneyMax"/>.</exception>
    public decimal? DailyLossMax
    {
        get => _dailyLossMax;
        init => _dailyLossMax = LimitChecks.Money(value);
    }

    /// <summary>The others of each strategy and of the account; those that stand above are not to be stated here too. Rates and messages per fill hold for the account alone.</summary>
    public ScopeLimits Both { get; init; } = ScopeLimits.None;

    // ---- of one scope; what is stated holds in the place of what holds for all

    /// <summary>Of the account.</summary>
    public ScopeLimits Account { get; init; } = ScopeLimits.None;

    /// <summary>Of a strategy, by its name.</summary>
    public IReadOnlyDictionary<string, ScopeLimits> Strategies { get; init; } = new Dictionary<string, ScopeLimits>();

    /// <summary>Of an instrument, by its symbol.</summary>
    public IReadOnlyDictionary<string, InstrumentLimits> Instruments { get; init; } = new Dictionary<string, InstrumentLimits>();

    /// <summary>Of a product, by its name: the root of its contracts' symbols, or what <see cref="ProductOf"/> says.</summary>
    public IReadOnlyDictionary<string, ScopeLimits> Products { get; init; } = new Dictionary<string, ScopeLimits>();

    /// <summary>Of groups, in the order in which they are judged.</summary>
    public IReadOnlyList<GroupLimits> Groups { get; init; } = [];

    /// <summary>Products of instruments whose symbols do not tell, by symbol.</summary>
    public IReadOnlyDictionary<string, string> ProductOf { get; init; } = new Dictionary<string, string>();

    /// <summary>Some limit of a position in an instrument is stated.</summary>
    public bool HasPosition => Any(static scope => !scope.PositionMax.IsNone);

    /// <summary>Some limit of a position or of exposure in money is stated.</summary>
    public bool HasExposure
    {
        get
        {
            bool hasExposure = HasPosition || Any(IsExposed);
            foreach (ScopeLimits product in Products.Values) hasExposure |= IsExposed(product);
            foreach (GroupLimits group in Groups) hasExposure |= IsExposed(group.Limits);
            return hasExposure;
        }
    }

    private static bool IsExposed(ScopeLimits scope) => !scope.PositionMax.IsNone || scope.GrossNotionalMax is not null || scope.NetNotionalMax is not null;

    /// <summary>Of those that hold for each position: not of products and groups.</summary>
    private bool Any(Predicate<ScopeLimits> states)
    {
        bool isAny = states(Everywhere) || states(Account);
        foreach (ScopeLimits strategy in Strategies.Values) isAny |= states(strategy);
        foreach (InstrumentLimits instrument in Instruments.Values) isAny |= states(instrument.Scope);
        return isAny;
    }

    /// <summary>All that is stated for each strategy and for the account.</summary>
    internal ScopeLimits Everywhere => Both with
    {
        PositionMax = PositionMax.IsNone ? Both.PositionMax : PositionMax,
        GrossNotionalMax = GrossNotionalMax ?? Both.GrossNotionalMax,
        DailyLossMax = DailyLossMax ?? Both.DailyLossMax,
        OrderRateMax = OrderRateMax ?? Both.OrderRateMax,
    };
}
