using Fathom.Data.Dbn.Records;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>
/// Turns a definition record into Fathom's words.
///
/// Multiplier, money per point: CME states the money of one tick, scaled by the display factor like its prices (E-mini S&amp;P: tick 0.25, amount
/// 0.125, display factor 0.01), so amount / (tick × display factor) = 50 holds also for contracts quoted in cents. Where that is not stated
/// (options, ICE) the original contract size (ICE), else the unit-of-measure quantity (options on the E-mini: 50) is the money per point.
/// Shares and other spot instruments have multiplier 1 by nature.
///
/// Lot: the minimum lot size, else the minimum trade volume; ICE writes lot sizes in units of 1e-9 that do not fit the field, so absurd values
/// count as not stated.
/// </summary>
internal static class DbnDefinitions
{
    private const int LotMax = 1_000_000;

    public static InstrumentDefinition Translate(in DefinitionRecord record)
    {
        Timestamp eventTime = DbnTimes.From(record.EventTime), receiveTime = DbnTimes.From(record.ReceiveTime);
        InstrumentDefinition definition = new()
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, record.Publisher, InstrumentId.None,
                eventTime, receiveTime.IsNone ? eventTime : receiveTime),
            VenueInstrument = record.Instrument,
            Activation = DbnTimes.From(record.Activation),
            Expiration = DbnTimes.From(record.Expiration),
            Symbol = SymbolText.From(record.RawSymbol),
        };
        if (record.RawSymbol.Length == 0) Assume(ref definition, InstrumentAssumptions.Symbol, out definition.Symbol, SymbolText.From($"{record.Instrument}"));
        SetKind(ref definition, record.InstrumentClass);
        SetTick(ref definition, record.MinPriceIncrement);
        SetLot(ref definition, record);
        SetMultiplier(ref definition, record);
        SetCurrency(ref definition, record);
        return definition;
    }

    private static void SetKind(ref InstrumentDefinition definition, byte instrumentClass)
    {
        switch ((char)instrumentClass)
        {
            case 'K' or 'X' or 'Y' or 'B': definition.Kind = InstrumentKind.Spot; break;
            case 'F' or 'S' or 'C' or 'P' or 'T' or 'M': definition.Kind = InstrumentKind.Linear; break;
            default: Assume(ref definition, InstrumentAssumptions.Kind, out definition.Kind, InstrumentKind.Linear); break;
        }
    }

    private static void SetTick(ref InstrumentDefinition definition, long increment)
    {
        if (increment is > 0 and < long.MaxValue) definition.Tick = new Price(increment);
        else Assume(ref definition, InstrumentAssumptions.Tick, out definition.Tick, new Price(1));
    }

    private static void SetLot(ref InstrumentDefinition definition, in DefinitionRecord record)
    {
        if (record.MinLotSize is > 0 and <= LotMax) definition.Lot = Quantity.Units(record.MinLotSize);
        else if (record.MinTradeVolume is > 0 and <= LotMax) definition.Lot = Quantity.Units(record.MinTradeVolume);
        else Assume(ref definition, InstrumentAssumptions.Lot, out definition.Lot, Quantity.Units(1));
    }

    private static void SetMultiplier(ref InstrumentDefinition definition, in DefinitionRecord record)
    {
        if (definition.Kind == InstrumentKind.Spot) definition.MultiplierNanos = Price.Scale;
        else if (TryTickMoney(record, out long nanos)) definition.MultiplierNanos = nanos;
        else if (record.OriginalContractSize is > 0 and < int.MaxValue) definition.MultiplierNanos = record.OriginalContractSize * Price.Scale;
        else if (record.UnitOfMeasureQuantity is > 0 and < long.MaxValue) definition.MultiplierNanos = record.UnitOfMeasureQuantity;
        else Assume(ref definition, InstrumentAssumptions.Multiplier, out definition.MultiplierNanos, Price.Scale);
    }

    private static bool TryTickMoney(in DefinitionRecord record, out long nanos)
    {
        nanos = 0;
        if (record.MinPriceIncrement is <= 0 or long.MaxValue || record.MinPriceIncrementAmount is <= 0 or long.MaxValue ||
            record.DisplayFactor is <= 0 or long.MaxValue)
            return false;
        Int128 money = (Int128)record.MinPriceIncrementAmount * Price.Scale * Price.Scale;
        Int128 tick = (Int128)record.MinPriceIncrement * record.DisplayFactor;
        Int128 perPoint = money / tick;
        if (perPoint <= 0 || perPoint >= long.MaxValue) return false;
        nanos = (long)perPoint;
        return true;
    }

    private static void SetCurrency(ref InstrumentDefinition definition, in DefinitionRecord record)
    {
        string settlement = record.SettlementCurrency;
        string text = settlement.Length > 0 ? settlement : record.Currency;
        if (!CurrencyCode.TryParse(text, out definition.Currency)) definition.Assumed |= InstrumentAssumptions.Currency;
    }

    private static void Assume<T>(ref InstrumentDefinition definition, InstrumentAssumptions what, out T place, T value)
    {
        place = value;
        definition.Assumed |= what;
    }
}
