using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Margin;

/// <summary><see cref="MarginTerms"/> made ready for one instrument. Money is in the instrument's currency, in units of 1e-9; quantities and notionals are without sign.</summary>
internal sealed class MarginRule
{
    private const int NanosPerBps = 100_000;

    /// <summary>Of spot: what is bought is paid.</summary>
    public static readonly MarginRule FullPayment = new(new MarginTerms(), isSpot: true);

    private readonly long _leverageNanos, _initialNanos, _maintenanceNanos, _closeFeeNanos;
    private readonly bool _isInitialByContract;
    private readonly bool _isInitialEnough;      // maintenance is never above the initial margin that is stated

    /// <exception cref="ArgumentException">The terms make no sense.</exception>
    public MarginRule(MarginTerms terms) : this(terms, isSpot: false) => terms.Require();

    private MarginRule(MarginTerms terms, bool isSpot)
    {
        IsSpot = isSpot;
        Basis = terms.Basis;
        Tiers = new MaintenanceTiers(terms.Tiers);
        IsMaintenanceByContract = terms.MaintenancePerContract is not null;
        _isInitialByContract = terms.InitialPerContract is not null;
        _leverageNanos = (long)(terms.Leverage * Price.Scale);
        _initialNanos = Nanos(terms.InitialPerContract);
        _maintenanceNanos = Nanos(terms.MaintenancePerContract);
        _closeFeeNanos = (long)(terms.CloseFeeBps * NanosPerBps);
        _isInitialEnough = isSpot || (!_isInitialByContract && !IsMaintenanceByContract && (Tiers.HighestRateNanos + (Int128)_closeFeeNanos) * _leverageNanos < (Int128)Price.Scale * Price.Scale);
    }

    public bool IsSpot { get; }
    public MaintenanceBasis Basis { get; }
    public MaintenanceTiers Tiers { get; }
    public bool IsMaintenanceByContract { get; }

    /// <summary>Part of the notional at the mark.</summary>
    public double CloseFee => _closeFeeNanos / (double)Price.Scale;

    /// <summary>Maintenance margin does not depend on the mark.</summary>
    public bool IsMaintenanceConstant => IsMaintenanceByContract || Basis == MaintenanceBasis.Entry;

    /// <summary>Initial margin: never less than what would be needed to keep the position.</summary>
    public Int128 Initial(Int128 notional, Int128 quantity) =>
        _isInitialEnough ? Stated(notional, quantity) : Int128.Max(Stated(notional, quantity), Maintenance(notional, quantity, notional));

    /// <summary>Maintenance margin and the fee for closing.</summary>
    public Int128 Maintenance(Int128 notional, Int128 quantity, Int128 entryNotional)
    {
        if (IsSpot) return 0;
        Int128 fee = _closeFeeNanos == 0 ? 0 : Proportion.RoundHalfEven(notional, _closeFeeNanos, Price.Scale);
        return fee + MaintenanceAlone(notional, quantity, entryNotional);
    }

    /// <summary>As <see cref="Maintenance"/>, without the fee.</summary>
    public Int128 MaintenanceAlone(Int128 notional, Int128 quantity, Int128 entryNotional)
    {
        if (IsMaintenanceByContract) return Proportion.RoundHalfEven(quantity, _maintenanceNanos, Quantity.Scale);
        return Tiers.Of(Basis == MaintenanceBasis.Entry ? entryNotional : notional);
    }

    private Int128 Stated(Int128 notional, Int128 quantity) =>
        _isInitialByContract ? Proportion.RoundHalfEven(quantity, _initialNanos, Quantity.Scale) : Proportion.RoundHalfEven(notional, Price.Scale, _leverageNanos);

    private static long Nanos(decimal? money) => (long)((money ?? 0) * Price.Scale);
}
