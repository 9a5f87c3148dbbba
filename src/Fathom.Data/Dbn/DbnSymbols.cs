using System.Globalization;
using Fathom.Data.Dbn.Records;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Data.Dbn;

/// <summary>Reads the two places where DBN says which symbol a venue's number means: the header's mappings and the mapping records of live streams.</summary>
internal static class DbnSymbols
{
    /// <summary>The header's mappings. Intervals whose dates do not exist are left out.</summary>
    public static SymbolMap From(DbnHeader header)
    {
        SymbolMap map = new();
        foreach (DbnMapping mapping in header.Mappings)
            foreach (DbnMappingInterval interval in mapping.Intervals)
                Add(map, header, mapping.Symbol, interval);
        return map;
    }

    /// <summary>Notes what a mapping record says; without a start it holds from its own time on.</summary>
    public static void Add(SymbolMap map, in SymbolMappingRecord record)
    {
        // In a live stream the record's own instrument number is the key; the text of the venue is on whichever side is not a number or a rule.
        bool isOutRaw = record.SymbologyOut is DbnSymbology.RawSymbol or DbnSymbology.None && record.SymbolOut.Length > 0 && !IsNumber(record.SymbolOut);
        string symbol = isOutRaw ? record.SymbolOut : record.SymbolIn;
        if (symbol.Length == 0) return;
        bool isAlias = !isOutRaw && IsRule(record.SymbologyIn);
        Timestamp start = DbnTimes.From(record.Start), end = DbnTimes.From(record.End);
        map.Add(record.Instrument, symbol, start.IsNone ? Timestamp.Earliest : start, end, isAlias);
    }

    private static void Add(SymbolMap map, DbnHeader header, string requested, DbnMappingInterval interval)
    {
        if (!DbnTimes.TryDate(interval.StartDate, out Timestamp from) || !DbnTimes.TryDate(interval.EndDate, out Timestamp until)) return;
        if (TryNumber(interval.Symbol, out uint number) && header.SymbologyOut == DbnSymbology.InstrumentId)
        {
            if (header.SymbologyIn != DbnSymbology.InstrumentId && requested.Length > 0) map.Add(number, requested, from, until, IsRule(header.SymbologyIn));
        }
        else if (header.SymbologyIn == DbnSymbology.InstrumentId && TryNumber(requested, out number) && interval.Symbol.Length > 0)
        {
            map.Add(number, interval.Symbol, from, until);
        }
    }

    /// <summary>A continuous symbol means another instrument after each roll.</summary>
    private static bool IsRule(DbnSymbology symbology) => symbology is DbnSymbology.Continuous or DbnSymbology.Smart;

    private static bool IsNumber(string text) => TryNumber(text, out _);

    private static bool TryNumber(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
