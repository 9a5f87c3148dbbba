using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>Money of one owner, or of the whole account, in one currency, in whole units of 1e-9. Settled money moves only when something is filled.</summary>
public sealed partial class Ledger
{
    private Int128 _assetCostNanos;
    private Int128 _dayStartNanos;

    internal Ledger(CurrencyCode currency, Int128 startNanos)
    {
        Currency = currency;
        StartNanos = _dayStartNanos = startNanos;
    }

    public CurrencyCode Currency { get; }

    public Int128 StartNanos { get; private set; }

    /// <summary>Realised profit before fees.</summary>
    public Int128 RealizedNanos { get; private set; }

    /// <summary>Fees paid; negative when rebates are more.</summary>
    public Int128 FeesNanos { get; private set; }

    /// <summary>Unrealised profit at the last marks.</summary>
    public Int128 UnrealizedNanos { get; private set; }

    public Int128 EquityNanos => StartNanos + RealizedNanos + UnrealizedNanos - FeesNanos;

    /// <summary>How much less the equity is than at the start of the UTC day; 0 when it is not less.</summary>
    public Int128 DayLossNanos => Int128.Max(DayFallNanos, 0);

    public decimal Start => ToMoney(StartNanos);
    public decimal Realized => ToMoney(RealizedNanos);
    public decimal Fees => ToMoney(FeesNanos);
    public decimal Unrealized => ToMoney(UnrealizedNanos);
    public decimal Equity => ToMoney(EquityNanos);
    public decimal DayLoss => ToMoney(DayLossNanos);

    /// <summary>The start and what the fills moved: realised profit less fees, and for spot also what the assets cost.</summary>
    public decimal Cash => ToMoney(StartNanos + RealizedNanos - FeesNanos - _assetCostNanos);

    /// <summary>Equity at the start of the UTC day less equity now, of either sign.</summary>
    internal Int128 DayFallNanos => _dayStartNanos - EquityNanos;

    internal void Settle(Int128 realized, Int128 fee, Int128 assetCost)
    {
        RealizedNanos += realized;
        FeesNanos += fee;
        _assetCostNanos += assetCost;
    }

    internal void Revalue(Int128 change) => UnrealizedNanos += change;

    internal void BeginDay() => _dayStartNanos = EquityNanos;

    internal static decimal ToMoney(Int128 nanos) => (decimal)nanos / Price.Scale;
}
