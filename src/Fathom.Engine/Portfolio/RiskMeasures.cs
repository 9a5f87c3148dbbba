using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Engine.Portfolio;

/// <summary>
/// The measured state of risk: equity, drawdown, exposure, margin, liquidation prices and volatility, of the account and of each strategy. An owner is a strategy by its number, or −1 for the
/// account. Money is in the account's currency; what is of a currency without a stated rate is left out.
/// </summary>
/// <remarks>
/// Equity and peaks are kept by the account, at every fill and move of a held mark. Sums over instruments are brought up to date when somebody reads them, by those instruments alone that changed since:
/// each has its part in every sum, the new part replaces the old one, and as all are whole numbers of 1e-9 the sums are what adding everything up anew would give.
/// A strategy's equity is as if it had the account for itself: the account's start and what it made. Its leverage is its part in that of the account: its gross exposure over the account's equity.
/// </remarks>
public sealed partial class RiskMeasures
{
    /// <summary>The owner that stands for the account.</summary>
    public const int WholeAccount = -1;

    /// <summary>Stands for a notional that is too large; a few million of it still fit 128 bits.</summary>
    private static readonly Int128 HugeNanos = (Int128)1 << 90;

    private readonly Account _account;
    private readonly LiveExposure _exposure;
    private readonly ChangeReader _changed;
    private readonly VolatilityOptions _volatilityOptions;
    private readonly int _owners;      // the account among them, as the first
    private readonly Int128[] _gross, _net;
    private Int128[] _grossParts = [], _netParts = [];      // by instrument, an instrument's owners side by side
    private MidVolatility?[] _volatilities = [];

    /// <summary>Measures by the state of these, which others write.</summary>
    /// <param name="margin">Null: nothing is said of margin.</param>
    /// <exception cref="ArgumentException">Options that make no sense.</exception>
    public RiskMeasures(Account account, LiveExposure exposure, MarginOptions? margin = null, VolatilityOptions? volatility = null)
    {
        _account = account;
        _exposure = exposure;
        _volatilityOptions = volatility ?? new VolatilityOptions();
        _volatilityOptions.Require();
        _owners = account.StrategyCount + 1;
        (_gross, _net) = (new Int128[_owners], new Int128[_owners]);
        _margin = margin is null ? null : new MarginRules(margin);
        account.TellChanges(exposure.Changes);
        _changed = exposure.Changes.NewReader();
    }

    /// <summary>Strategies and aggregators.</summary>
    public int StrategyCount => _owners - 1;

    /// <summary>Goes up whenever a number may have changed, but for volatilities, which change with the clock too.</summary>
    public long Version => _exposure.Changes.Version;

    /// <summary>The engine's: never going back.</summary>
    internal Timestamp Clock { get; set; } = Timestamp.Earliest;

    // ---- equity

    /// <summary>Units of 1e-9.</summary>
    public Int128 EquityNanos(int owner) => owner < 0 ? _account.EquityNanos(null) : _account.StartNanos + _account.EquityNanos(_account.Strategy(owner));

    /// <summary>The highest equity so far, the start included, earlier sessions too; units of 1e-9.</summary>
    public Int128 PeakNanos(int owner) => owner < 0 ? _account.PeaksOf(null).Ever : _account.StartNanos + _account.PeaksOf(_account.Strategy(owner)).Ever;

    /// <summary>How far equity is below its peak, as a fraction of it; 0 while no peak is above zero, above 1 where equity is below zero.</summary>
    public double Drawdown(int owner) => Fall(PeakNanos(owner), EquityNanos(owner));

    /// <summary>As <see cref="Drawdown"/>, from the highest equity since the UTC day began.</summary>
    public double DayDrawdown(int owner)
    {
        Int128 peak = owner < 0 ? _account.PeaksOf(null).Day : _account.StartNanos + _account.PeaksOf(_account.Strategy(owner)).Day;
        return Fall(peak, EquityNanos(owner));
    }

    /// <summary>How much less equity is than when the UTC day began, unrealised profit included; 0 when it is not less.</summary>
    public decimal DailyLoss(int owner) => Ledger.ToMoney(DailyLossNanos(owner));

    internal Int128 DailyLossNanos(int owner) => Int128.Max(_account.DayFallNanos(owner < 0 ? null : _account.Strategy(owner)), 0);

    // ---- exposure

    /// <summary>Sum over instruments of |position| × mark × multiplier. Of the account: positions of different owners in one position side are added before their sign is dropped.</summary>
    public decimal GrossExposure(int owner) => Ledger.ToMoney(GrossNanos(owner));

    /// <summary>As <see cref="GrossExposure"/>, with short positions taken off.</summary>
    public decimal NetExposure(int owner) => Ledger.ToMoney(NetNanos(owner));

    /// <summary>Gross exposure over the account's equity; infinite where that is not above zero and something is held.</summary>
    public double Leverage(int owner)
    {
        Int128 gross = GrossNanos(owner), equity = EquityNanos(WholeAccount);
        if (gross == 0) return 0;
        return equity > 0 ? (double)gross / (double)equity : double.PositiveInfinity;
    }

    internal Int128 GrossNanos(int owner)
    {
        Refresh();
        return _gross[owner + 1];
    }

    internal Int128 NetNanos(int owner)
    {
        Refresh();
        return _net[owner + 1];
    }

    // ---- volatility

    /// <summary>Realised volatility of the instrument's mid over a window, as a part of the mid per root of a second. It is measured from the first time on that somebody asks for it.</summary>
    /// <returns>NaN until a whole window was seen, or while the mid is not above zero.</returns>
    public double Volatility(InstrumentId instrument) => VolatilityOf(instrument).Value(Clock);

    /// <summary>As <see cref="Volatility"/>, of all that was seen so far, the older the less: what is usual here.</summary>
    public double UsualVolatility(InstrumentId instrument) => VolatilityOf(instrument).Usual(Clock);

    /// <summary>As <see cref="Volatility"/>, NaN where nobody asked before.</summary>
    internal double VolatilityIfMeasured(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_volatilities.Length && _volatilities[instrument.Index] is { } volatility ? volatility.Value(Clock) : double.NaN;

    /// <summary>An instrument's mark moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void NoteMark(InstrumentId instrument, Price bid, Price ask)
    {
        if ((uint)instrument.Index < (uint)_volatilities.Length && _volatilities[instrument.Index] is { } volatility) volatility.Note((double)bid.Nanos + ask.Nanos, Clock);
        if (_margin is not null) SampleMargin();
    }

    private MidVolatility VolatilityOf(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_volatilities.Length && _volatilities[instrument.Index] is { } volatility ? volatility : BeginVolatility(instrument);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MidVolatility BeginVolatility(InstrumentId instrument)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instrument.Index, nameof(instrument));
        if (instrument.Index >= _volatilities.Length) Array.Resize(ref _volatilities, Math.Max(instrument.Index + 1, _volatilities.Length * 2));
        MidVolatility volatility = _volatilities[instrument.Index] = new MidVolatility(_volatilityOptions);
        if (_account.IsDefined(instrument) && _account.TryMarket(instrument, out Price bid, out Price ask)) volatility.Note((double)bid.Nanos + ask.Nanos, Clock);
        return volatility;
    }

    // ---- sums over instruments

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Refresh()
    {
        if (!_changed.IsEmpty) RefreshChanged();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefreshChanged()
    {
        foreach (InstrumentId instrument in _changed.Listed)
        {
            if (!_account.IsDefined(instrument)) continue;
            RefreshExposure(instrument);
            if (_margin is not null) RefreshMargin(instrument);
            bool isIdle = !_account.HasPosition(instrument) && _exposure[instrument, Side.Buy].IsZero && _exposure[instrument, Side.Sell].IsZero && !HasReducing(instrument);
            if (isIdle) _changed.Watch(instrument, false);
        }
        _changed.Clear();
    }

    private void RefreshExposure(InstrumentId instrument)
    {
        int first = instrument.Index * _owners;
        if (first >= _grossParts.Length) Grow(instrument.Index);
        long rate = _account.RateNanos(_account.Terms(instrument).Currency);
        Int128 gross = _account.GrossNanos(instrument), worth = Worth(instrument, gross, rate);
        Replace(first, 0, worth, Net(instrument, gross, worth, _account.Held(instrument), rate));
        for (int strategy = 0; strategy < _owners - 1; strategy++)
        {
            (Int128 own, Int128 net) = _account.Strategy(strategy).Sizes(instrument);
            if (own == 0 && _grossParts[first + strategy + 1] == 0) continue;
            Int128 ownWorth = own == gross ? worth : Worth(instrument, own, rate);      // most often one strategy holds it all
            Replace(first, strategy + 1, ownWorth, Net(instrument, own, ownWorth, net, rate));
        }
    }

    private void Replace(int first, int owner, Int128 gross, Int128 net)
    {
        _gross[owner] += gross - _grossParts[first + owner];
        _net[owner] += net - _netParts[first + owner];
        (_grossParts[first + owner], _netParts[first + owner]) = (gross, net);
    }

    private void Grow(int index)
    {
        int length = Math.Max((index + 1) * _owners, _grossParts.Length * 2);
        Array.Resize(ref _grossParts, length);
        Array.Resize(ref _netParts, length);
    }

    /// <summary>What a quantity without sign is worth at the mark, in the account's currency.</summary>
    private Int128 Worth(InstrumentId instrument, Int128 quantity, long rate) =>
        quantity == 0 ? 0 : InAccount(Clamp(_account.NotionalNanos(instrument, quantity)), rate);

    /// <summary>What is held is worth, with its sign.</summary>
    /// <param name="worth">Of the gross quantity, which most often is the same.</param>
    private Int128 Net(InstrumentId instrument, Int128 gross, Int128 worth, Int128 held, long rate)
    {
        Int128 size = Int128.Abs(held), net = size == gross ? worth : Worth(instrument, size, rate);
        return held < 0 ? -net : net;
    }

    private bool HasReducing(InstrumentId instrument)
    {
        for (int strategy = 0; strategy < _owners - 1; strategy++)
            if (!_exposure.Reducing(strategy, instrument, Side.Buy).IsZero || !_exposure.Reducing(strategy, instrument, Side.Sell).IsZero) return true;
        return false;
    }

    private static Int128 Clamp(Int128 notional) => Int128.Min(notional, HugeNanos);

    /// <param name="nanos">Not above <see cref="HugeNanos"/>.</param>
    private static Int128 InAccount(Int128 nanos, long rate) => Int128.Min(CurrencyRates.Convert(nanos, rate), HugeNanos);

    private static double Fall(Int128 peak, Int128 equity) => peak > 0 ? (double)(peak - equity) / (double)peak : 0;
}
