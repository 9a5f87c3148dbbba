using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Limits of one scope: an instrument, a product, a group, a strategy, the account, or both of the last. What is not stated is not limited here. Money is in the account's currency.</summary>
public sealed record ScopeLimits
{
    /// <summary>Largest leverage.</summary>
    public const decimal LeverageMost = 1_000;

    private readonly Quantity _positionMax = Quantity.None;
    private readonly decimal? _grossNotionalMax, _netNotionalMax, _leverageMax, _dailyLossMax;
    private readonly Concentration? _concentrationMax;
    private readonly int? _openOrdersMax;
    private readonly OrderRate? _orderRateMax, _replaceRateMax, _cancelRateMax;
    private readonly MessageRatio? _messagesPerFillMax;

    /// <summary>Nothing is limited.</summary>
    public static ScopeLimits None { get; } = new();

    /// <summary>Largest position of either sign with every live order of that direction filled; None for any. Of a product: its instruments' positions added with their signs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity PositionMax
    {
        get => _positionMax;
        init => _positionMax = LimitChecks.AboveZero(value);
    }

    /// <summary>Largest sum of (|position| + what live orders of both sides may still fill) × mark × multiplier; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="RiskLimits.MoneyMax"/>.</exception>
    public decimal? GrossNotionalMax
    {
        get => _grossNotionalMax;
        init => _grossNotionalMax = LimitChecks.Money(value);
    }

    /// <summary>Largest sum of positions with their signs, with every live order of one side filled, × mark × multiplier, of either sign; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="GrossNotionalMax"/>.</exception>
    public decimal? NetNotionalMax
    {
        get => _netNotionalMax;
        init => _netNotionalMax = LimitChecks.Money(value);
    }

    /// <summary>Largest gross exposure, as in <see cref="GrossNotionalMax"/>, in multiples of the account's equity; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="LeverageMost"/>.</exception>
    public decimal? LeverageMax
    {
        get => _leverageMax;
        init => _leverageMax = value is < 1 or > LeverageMost ? throw LimitChecks.Wrong(value, $"A leverage is 1 to {LeverageMost}.") : value;
    }

    /// <summary>Of an instrument, product or group: its largest share of the account's gross exposure. Of a strategy or the account: any instrument's share of its own. Null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share that is not above zero or above 1, or a floor that is not above zero.</exception>
    public Concentration? ConcentrationMax
    {
        get => _concentrationMax;
        init
        {
            if (value is { } stated && (stated.Share is <= 0 or > 1 || stated.From is <= 0 or > RiskLimits.MoneyMax)) throw LimitChecks.Wrong(value, "A share is above zero and at most 1, and judged from an exposure above zero.");
            _concentrationMax = value;
        }
    }

    /// <summary>Largest loss of a UTC day, of a strategy or the account; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="GrossNotionalMax"/>.</exception>
    public decimal? DailyLossMax
    {
        get => _dailyLossMax;
        init => _dailyLossMax = LimitChecks.Money(value);
    }

    /// <summary>Most orders that may be live at the venue, those in doubt included; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 1,000,000.</exception>
    public int? OpenOrdersMax
    {
        get => _openOrdersMax;
        init => _openOrdersMax = value is < 1 or > LimitChecks.CountMax ? throw LimitChecks.Wrong(value, $"A number of orders is 1 to {LimitChecks.CountMax}.") : value;
    }

    /// <summary>How many orders and replacements may leave in any window; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count that is not 1 to 1,000,000, or a window that is not above zero.</exception>
    public OrderRate? OrderRateMax
    {
        get => _orderRateMax;
        init => _orderRateMax = LimitChecks.Rate(value);
    }

    /// <summary>As <see cref="OrderRateMax"/>, of replacements alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As there.</exception>
    public OrderRate? ReplaceRateMax
    {
        get => _replaceRateMax;
        init => _replaceRateMax = LimitChecks.Rate(value);
    }

    /// <summary>How many cancels may leave in any window before new orders are refused; cancels never are. Null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="OrderRateMax"/>.</exception>
    public OrderRate? CancelRateMax
    {
        get => _cancelRateMax;
        init => _cancelRateMax = LimitChecks.Rate(value);
    }

    /// <summary>How many orders, replacements and cancels may leave for each fill of a UTC day; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A ratio that is not 1 to 1,000,000, or a negative number of free messages.</exception>
    public MessageRatio? MessagesPerFillMax
    {
        get => _messagesPerFillMax;
        init
        {
            if (value is { } ratio && (ratio.Max is < 1 or > LimitChecks.CountMax || ratio.From is < 0 or > LimitChecks.CountMax)) throw LimitChecks.Wrong(value, "A ratio is 1 or more messages for each fill.");
            _messagesPerFillMax = value;
        }
    }

    /// <summary>The exposure has to be known for one of these.</summary>
    internal bool HasExposure => GrossNotionalMax is not null || NetNotionalMax is not null || LeverageMax is not null || ConcentrationMax is not null;

    /// <summary>These where they are stated, else the others.</summary>
    internal ScopeLimits Over(ScopeLimits other) => new()
    {
        PositionMax = PositionMax.IsNone ? other.PositionMax : PositionMax,
        GrossNotionalMax = GrossNotionalMax ?? other.GrossNotionalMax,
        NetNotionalMax = NetNotionalMax ?? other.NetNotionalMax,
        LeverageMax = LeverageMax ?? other.LeverageMax,
        ConcentrationMax = ConcentrationMax ?? other.ConcentrationMax,
        DailyLossMax = DailyLossMax ?? other.DailyLossMax,
        OpenOrdersMax = OpenOrdersMax ?? other.OpenOrdersMax,
        OrderRateMax = OrderRateMax ?? other.OrderRateMax,
        ReplaceRateMax = ReplaceRateMax ?? other.ReplaceRateMax,
        CancelRateMax = CancelRateMax ?? other.CancelRateMax,
        MessagesPerFillMax = MessagesPerFillMax ?? other.MessagesPerFillMax,
    };
}
