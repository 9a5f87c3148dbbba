using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Limits of one instrument: of every order in it, where they replace what holds for all instruments, and of all that is held there.</summary>
public sealed record InstrumentLimits
{
    private readonly int? _priceCollarBps;
    private readonly Quantity _quantityMax = Quantity.None, _quantityMin = Quantity.None;
    private readonly decimal? _orderNotionalMax, _orderNotionalMin;

    /// <summary>The account's there. Its position limit holds for each strategy too.</summary>
    public ScopeLimits Scope { get; init; } = ScopeLimits.None;

    /// <summary>As <see cref="RiskLimits.PriceCollarBps"/>; 0: no collar here.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 1,000,000.</exception>
    public int? PriceCollarBps
    {
        get => _priceCollarBps;
        init => _priceCollarBps = value is < 0 or > RiskLimits.CollarBpsMax ? throw LimitChecks.Wrong(value, $"A collar is 1 to {RiskLimits.CollarBpsMax} bps, or 0 for none.") : value;
    }

    /// <summary>As <see cref="RiskLimits.QuantityMax"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity QuantityMax
    {
        get => _quantityMax;
        init => _quantityMax = LimitChecks.AboveZero(value);
    }

    /// <summary>As <see cref="RiskLimits.QuantityMin"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity QuantityMin
    {
        get => _quantityMin;
        init => _quantityMin = LimitChecks.AboveZero(value);
    }

    /// <summary>As <see cref="RiskLimits.OrderNotionalMax"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below, or above <see cref="RiskLimits.MoneyMax"/>.</exception>
    public decimal? OrderNotionalMax
    {
        get => _orderNotionalMax;
        init => _orderNotionalMax = LimitChecks.Money(value);
    }

    /// <summary>As <see cref="RiskLimits.OrderNotionalMin"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="OrderNotionalMax"/>.</exception>
    public decimal? OrderNotionalMin
    {
        get => _orderNotionalMin;
        init => _orderNotionalMin = LimitChecks.Money(value);
    }
}
