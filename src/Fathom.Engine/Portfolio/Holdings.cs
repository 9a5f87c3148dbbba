using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What one owner (a strategy, or nobody of ours: external) has in an account: positions by instrument and position side, and money by currency.</summary>
public sealed class Holdings
{
    internal const int Sides = 3;

    private readonly List<Ledger?> _ledgers = [];
    private Holding?[] _held = [];      // an instrument's sides stand side by side

    internal Holdings(CurrencyCode accountCurrency) => _ledgers.Add(new Ledger(accountCurrency, 0));

    /// <summary>Money in the account's currency.</summary>
    public Ledger Ledger => _ledgers[0]!;

    /// <summary>Executions booked.</summary>
    public long Fills { get; internal set; }

    /// <summary>As many of them were booked in earlier sessions.</summary>
    internal long FillsBefore { get; private set; }

    internal void RestoreFills(long fills) => (Fills, FillsBefore) = (fills, fills);

    /// <summary>Unrealised profit at the last marks, in the account's currency.</summary>
    public decimal Unrealized => Ledger.Unrealized;

    /// <summary>The largest loss of the day so far, unrealised profit included, in the account's currency, units of 1e-9; only where it is watched.</summary>
    internal Int128 DeepestDayLossNanos { get; set; }

    /// <summary>Of what it has made, from zero on.</summary>
    internal EquityPeaks Peaks;

    /// <summary>The sum over position sides, signed; zero where nothing was ever traded.</summary>
    public Quantity Quantity(InstrumentId instrument)
    {
        int at = instrument.Index * Sides;
        if ((uint)at >= (uint)_held.Length) return Domain.Values.Quantity.Zero;
        long sum = 0;
        for (int side = 0; side < Sides; side++) sum = checked(sum + (_held[at + side]?.Position.Quantity.Nanos ?? 0));
        return new Quantity(sum);
    }

    /// <summary>Null where nothing was ever traded.</summary>
    public Holding? Find(InstrumentId instrument, PositionSide side = PositionSide.Net)
    {
        int at = instrument.Index * Sides + (int)side;
        return side <= PositionSide.Short && (uint)at < (uint)_held.Length ? _held[at] : null;
    }

    /// <summary>Money in a currency; null where there was none.</summary>
    /// <param name="money">One of <see cref="Account.Money"/>.</param>
    public Ledger? LedgerOf(AccountMoney money) => money.Index < _ledgers.Count ? _ledgers[money.Index] : null;

    internal Holding Open(InstrumentId instrument, PositionSide side, bool isInverse)
    {
        int at = instrument.Index * Sides + (int)side;
        if (at >= _held.Length) Array.Resize(ref _held, Math.Max((instrument.Index + 1) * Sides, _held.Length * 2));
        return _held[at] ??= new Holding(this, instrument, side, isInverse);
    }

    internal Ledger OpenLedger(AccountMoney money)
    {
        while (_ledgers.Count <= money.Index) _ledgers.Add(null);
        return _ledgers[money.Index] ??= new Ledger(money.Currency, 0);
    }

    /// <summary>Sum over position sides without sign, units of 1e-9.</summary>
    internal Int128 GrossNanos(InstrumentId instrument)
    {
        Int128 sum = 0;
        for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++) sum += Int128.Abs(Find(instrument, side)?.Position.Quantity.Nanos ?? 0);
        return sum;
    }

    /// <summary>Both sums over position sides: without sign, and signed; units of 1e-9.</summary>
    internal (Int128 Gross, Int128 Net) Sizes(InstrumentId instrument)
    {
        int at = instrument.Index * Sides;
        if ((uint)at >= (uint)_held.Length) return (0, 0);
        Int128 gross = 0, net = 0;
        foreach (Holding? holding in _held.AsSpan(at, Sides))
        {
            if (holding is null) continue;
            long quantity = holding.Position.Quantity.Nanos;
            gross += Math.Abs(quantity);
            net += quantity;
        }
        return (gross, net);
    }

    /// <summary>Every position that there ever was, by instrument and position side.</summary>
    internal List<Holding> All()
    {
        List<Holding> all = [];
        foreach (Holding? holding in _held)
            if (holding is not null) all.Add(holding);
        return all;
    }

    internal void BeginDay()
    {
        foreach (Ledger? ledger in _ledgers) ledger?.BeginDay();
        DeepestDayLossNanos = 0;
    }
}
