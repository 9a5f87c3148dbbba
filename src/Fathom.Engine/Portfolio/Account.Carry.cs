using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What a session roll carries of it. An owner's number in messages is the strategy's, or <see cref="CarriedOwner.External"/>.</summary>
public sealed partial class Account
{
    internal bool IsTraded(InstrumentId instrument) => Find(instrument) is not null;

    /// <summary>Nothing was booked or marked so far.</summary>
    internal bool IsNew => _money.Count == 1 && _traded.Count == 0 && !_isDayOpen;

    // ---- out: in an order that does not depend on how the account came here

    internal CarriedAccount Carry() => new()
    {
        Header = CarryOverBegins.NewHeader<CarriedAccount>(MessageType.CarriedAccount),
        DeepestDayLossNanos = DeepestDayLossNanos,
        HasTotals = Flag(_totalCurve is not null),
        TotalPeakNanos = _totalCurve?.PeakNanos ?? 0,
        TotalDrawdownMax = _totalCurve?.DrawdownMax ?? 0,
        UnvaluedFills = UnvaluedFills,
        HasDay = Flag(_dayEnd > Timestamp.Earliest),
        Day = _day.Number,
    };

    internal void CarryMoney(IMessageSink sink)
    {
        foreach (AccountMoney money in _money)
        {
            CarriedMoney carried = money.Ledger.CarryMoney(money);
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    /// <param name="strategy">−1 for external.</param>
    internal void CarryLedgers(int strategy, IMessageSink sink)
    {
        foreach (AccountMoney money in _money)
        {
            if (Owner(strategy).LedgerOf(money) is not { } ledger) continue;
            CarriedLedger carried = ledger.Carry(NumberOf(strategy));
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    internal CarriedInstrument CarryInstrument(InstrumentId instrument)
    {
        Mark mark = _marks[instrument.Index];
        InstrumentHoldings? traded = Find(instrument);
        return new CarriedInstrument
        {
            Header = CarryOverBegins.NewHeader<CarriedInstrument>(MessageType.CarriedInstrument, instrument),
            Bid = mark.Bid,
            Ask = mark.Ask,
            IsMarked = Flag(mark.IsKnown),
            IsQuoted = Flag(mark.IsQuoted),
            IsTraded = Flag(traded is not null),
            IsUnsupported = Flag(!_terms[instrument.Index].IsSupported),
            ExecutedNanos = traded?.ExecutedNanos ?? 0,
            FlowUnits = traded?.FlowUnits ?? 0,
            Currency = traded?.Money?.Currency ?? CurrencyCode.None,
        };
    }

    /// <summary>All owners' positions in an instrument, flat ones included.</summary>
    internal void CarryHoldings(InstrumentId instrument, IMessageSink sink)
    {
        for (int strategy = -1; strategy < _strategies.Length; strategy++)
        {
            for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
            {
                if (Owner(strategy).Find(instrument, side) is not { } holding) continue;
                CarriedHolding carried = holding.Carry(NumberOf(strategy));
                sink.Write(Messages.AsBytes(in carried));
            }
        }
    }

    // ---- in: money, owners and ledgers, the account, instruments, positions

    internal void Restore(in CarriedMoney carried)
    {
        AccountMoney money = MoneyOf(carried.Currency);
        money.Ledger.Restore(in carried);
        money.Curve.Restore(carried.PeakNanos, carried.DrawdownMax);
        money.SettledNanos = carried.SettledNanos;
    }

    internal void Restore(in CarriedLedger carried) => OwnerOf(carried.Owner).OpenLedger(MoneyOf(carried.Currency)).Restore(in carried);

    internal void Restore(in CarriedOwner carried)
    {
        Holdings owner = OwnerOf(carried.Owner);
        owner.RestoreFills(carried.Fills);
        owner.DeepestDayLossNanos = carried.DeepestDayLossNanos;
    }

    internal void Restore(in CarriedAccount carried)
    {
        DeepestDayLossNanos = carried.DeepestDayLossNanos;
        UnvaluedFills = carried.UnvaluedFills;
        if (carried.HasDay != 0)
        {
            _day = new UtcDay(carried.Day);
            _dayEnd = _day.End;
        }
        if (_totalCurve is null) return;
        // Rates that are stated now and were not before: the history in one currency begins here.
        if (carried.HasTotals != 0) _totalCurve.Restore(carried.TotalPeakNanos, carried.TotalDrawdownMax);
        else _totalCurve.Restore(Totals?.EquityNanos ?? 0, 0);
    }

    /// <summary>Its definition has come.</summary>
    internal void Restore(in CarriedInstrument carried)
    {
        InstrumentId instrument = carried.Header.Instrument;
        Invariant.Require((uint)instrument.Index < (uint)_terms.Length, "a carried instrument's definition comes before what is carried of it");
        ref Mark mark = ref _marks[instrument.Index];
        (mark.Bid, mark.Ask) = (carried.Bid, carried.Ask);
        (mark.IsKnown, mark.IsQuoted) = (carried.IsMarked != 0, carried.IsQuoted != 0);
        if (carried.IsUnsupported != 0) _terms[instrument.Index] = _terms[instrument.Index] with { IsSupported = false };
        if (carried.IsTraded != 0)
            AddTraded(instrument).Restore(carried.ExecutedNanos, carried.FlowUnits, carried.Currency.IsNone ? null : MoneyOf(carried.Currency));
        _changes?.NoteAll(instrument);
    }

    internal void Restore(in CarriedHolding carried)
    {
        InstrumentHoldings? traded = Find(carried.Header.Instrument);
        Invariant.Require(traded is not null, "who holds an instrument has traded it");
        Holding holding = OwnerOf(carried.Owner).Open(carried.Header.Instrument, carried.Side, carried.IsInverse != 0);
        holding.Restore(in carried);
        if (!carried.Currency.IsNone) holding.OpenLedger(MoneyOf(carried.Currency));
        traded.Restore(holding);
        NoteOpen(traded);
        _changes?.NoteHeld(carried.Owner == CarriedOwner.External ? -1 : carried.Owner, carried.Header.Instrument);
    }

    /// <summary>Highest equity of a strategy, or of the account (−1).</summary>
    internal CarriedPeak CarryPeak(int strategy)
    {
        EquityPeaks peaks = PeaksOf(strategy < 0 ? null : Strategy(strategy));
        return new CarriedPeak
        {
            Header = CarryOverBegins.NewHeader<CarriedPeak>(MessageType.CarriedPeak),
            Strategy = NumberOf(strategy),
            PeakNanos = peaks.Ever,
            DayPeakNanos = peaks.Day,
        };
    }

    internal void Restore(in CarriedPeak carried)
    {
        EquityPeaks peaks = new(carried.PeakNanos) { Day = carried.DayPeakNanos };
        if (carried.Strategy == CarriedPeak.WholeAccount) _peaks = peaks;
        else Strategy(carried.Strategy).Peaks = peaks;
    }

    private Holdings OwnerOf(ushort number) => Owner(number == CarriedOwner.External ? -1 : number);

    private static ushort NumberOf(int strategy) => strategy < 0 ? CarriedOwner.External : (ushort)strategy;

    private static byte Flag(bool isSo) => isSo ? (byte)1 : (byte)0;
}
