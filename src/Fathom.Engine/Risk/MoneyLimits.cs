using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk;

/// <summary>The limits in money, which look at all of an owner's instruments: gross notional and the day's loss. Made only where one of them is stated.</summary>
internal sealed class MoneyLimits
{
    /// <summary>Stands where a strategy's number would.</summary>
    internal const int WholeAccount = -1;

    /// <summary>A notional from here on is too large for any limit, and might not fit once it is converted.</summary>
    private static readonly Int128 HugeNanos = (Int128)1 << 90;

    private readonly LiveExposure _exposure;
    private readonly Account _account;
    private readonly Int128? _notionalMax, _lossMax;

    private MoneyLimits(RiskLimits limits, LiveExposure exposure, Account account)
    {
        _exposure = exposure;
        _account = account;
        _notionalMax = Nanos(limits.GrossNotionalMax);
        _lossMax = Nanos(limits.DailyLossMax);
        if (_lossMax is not null) account.WatchDayLoss();
    }

    /// <summary>Null when no limit in money is stated.</summary>
    public static MoneyLimits? Of(RiskLimits limits, LiveExposure exposure, Account account) =>
        limits.GrossNotionalMax is null && limits.DailyLossMax is null ? null : new MoneyLimits(limits, exposure, account);

    /// <summary>Largest gross notional in the account's currency, units of 1e-9; null for any.</summary>
    internal Int128? NotionalMax => _notionalMax;

    /// <summary>Largest loss of a day, as <see cref="NotionalMax"/>.</summary>
    internal Int128? LossMax => _lossMax;

    /// <summary>Gross notional of a strategy, or of the <see cref="WholeAccount"/>, with everything filled that is live; units of 1e-9 of the account's currency.</summary>
    internal Int128 WorstNotional(int owner)
    {
        Int128 sum = 0;
        foreach (InstrumentHoldings open in _account.Open) sum += Notional(owner, open.Instrument, 0);
        foreach (InstrumentId live in _exposure.Live)
            if (!_account.HasPosition(live)) sum += Notional(owner, live, 0);
        return sum;
    }

    /// <summary>The day's deepest loss so far of a strategy, or of the <see cref="WholeAccount"/>, units of 1e-9; only where it is limited.</summary>
    internal Int128 DeepestLoss(int owner) => owner == WholeAccount ? _account.DeepestDayLossNanos : _account.Strategy(owner).DeepestDayLossNanos;

    /// <param name="added">By how much the command makes the reservation of its side larger, units of 1e-9.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Refusal Check(in OrderCommand command, Terms terms, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        if (_account.RateNanos(terms.Currency) == 0) return new Refusal(ReasonCode.UnsupportedInstrument, 0, instrument.Index);
        if (_notionalMax is not null && !_account.HasMark(instrument)) return new Refusal(ReasonCode.NoReferencePrice, 0, instrument.Index);
        int strategy = command.Output.Strategy;
        Refusal refusal = CheckLoss(command, strategy, added);
        if (refusal.IsNone) refusal = CheckNotional(command, strategy, added);
        return refusal.IsNone ? CheckNotional(command, WholeAccount, added) : refusal;
    }

    private Refusal CheckLoss(in OrderCommand command, int strategy, long added)
    {
        if (_lossMax is not { } max) return Refusal.None;
        Int128 loss = Int128.Max(DeepestLoss(WholeAccount), DeepestLoss(strategy));
        return loss < max || Reduces(command, strategy, added) ? Refusal.None : Refusal.Of(ReasonCode.DailyLossLimit, max, loss);
    }

    private Refusal CheckNotional(in OrderCommand command, int owner, long added)
    {
        if (_notionalMax is not { } max) return Refusal.None;
        Int128 worst = WorstNotional(owner, command.Header.Instrument, added);
        return worst <= max || Reduces(command, owner, added) ? Refusal.None : Refusal.Of(ReasonCode.NotionalLimit, max, worst);
    }

    /// <summary>With everything filled that is live on its side, the command makes the position on which it works smaller, or flat.</summary>
    private bool Reduces(in OrderCommand command, int owner, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        Int128 held = owner == WholeAccount
            ? _account.Held(instrument, command.PositionSide)
            : _account.Strategy(owner).Find(instrument, command.PositionSide)?.Position.Quantity.Nanos ?? 0;
        return Leaves(owner, instrument, command.Side) + Reducing(owner, instrument, command.Side) + added <= -held * command.Side.Sign();
    }

    private Int128 Reducing(int owner, InstrumentId instrument, Side side)
    {
        if (owner != WholeAccount) return _exposure.Reducing(owner, instrument, side).Nanos;
        Int128 sum = 0;
        for (int strategy = 0; strategy < _account.StrategyCount; strategy++) sum += _exposure.Reducing(strategy, instrument, side).Nanos;
        return sum;
    }

    private Int128 WorstNotional(int owner, InstrumentId instrument, long added)
    {
        Int128 sum = Notional(owner, instrument, added);
        foreach (InstrumentHoldings open in _account.Open)
            if (open.Instrument != instrument) sum += Notional(owner, open.Instrument, 0);
        foreach (InstrumentId live in _exposure.Live)
            if (live != instrument && !_account.HasPosition(live)) sum += Notional(owner, live, 0);
        return sum;
    }

    /// <summary>Of what is held and may still be bought and sold, in the account's currency.</summary>
    private Int128 Notional(int owner, InstrumentId instrument, long added)
    {
        Int128 gross = owner == WholeAccount ? _account.GrossNanos(instrument) : _account.Strategy(owner).GrossNanos(instrument);
        Int128 nanos = _account.NotionalNanos(instrument, gross + Leaves(owner, instrument, Side.Buy) + Leaves(owner, instrument, Side.Sell) + added);
        return nanos >= HugeNanos ? HugeNanos : CurrencyRates.Convert(nanos, _account.RateNanos(_account.Terms(instrument).Currency));
    }

    private Int128 Leaves(int owner, InstrumentId instrument, Side side) =>
        owner == WholeAccount ? _exposure[instrument, side].Nanos : _exposure[owner, instrument, side].Nanos;

    private static Int128? Nanos(decimal? money) => money is { } value ? (Int128)(value * Price.Scale) : null;
}
