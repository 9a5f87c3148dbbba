namespace Fathom.Data.Dbn;

/// <summary>The vendor's names of schemas, record types and symbologies, as they stand in its tools and in <c>fathom data info</c>.</summary>
public static class DbnNames
{
    /// <summary>"mbo", "mbp-1", … ; "mixed" for a file of several kinds; the number for one that is not known.</summary>
    public static string Of(DbnSchema schema) => schema switch
    {
        DbnSchema.Mbo => "mbo",
        DbnSchema.Mbp1 => "mbp-1",
        DbnSchema.Mbp10 => "mbp-10",
        DbnSchema.Tbbo => "tbbo",
        DbnSchema.Trades => "trades",
        DbnSchema.Ohlcv1S => "ohlcv-1s",
        DbnSchema.Ohlcv1M => "ohlcv-1m",
        DbnSchema.Ohlcv1H => "ohlcv-1h",
        DbnSchema.Ohlcv1D => "ohlcv-1d",
        DbnSchema.Definition => "definition",
        DbnSchema.Statistics => "statistics",
        DbnSchema.Status => "status",
        DbnSchema.Imbalance => "imbalance",
        DbnSchema.OhlcvEod => "ohlcv-eod",
        DbnSchema.Cmbp1 => "cmbp-1",
        DbnSchema.Cbbo1S => "cbbo-1s",
        DbnSchema.Cbbo1M => "cbbo-1m",
        DbnSchema.Tcbbo => "tcbbo",
        DbnSchema.Bbo1S => "bbo-1s",
        DbnSchema.Bbo1M => "bbo-1m",
        DbnSchema.Mixed => "mixed",
        _ => $"schema {(ushort)schema}",
    };

    /// <summary>"mbo", "trade", "mbp-1", … ; "0x.." for one that is not known.</summary>
    public static string Of(DbnRecordType type) => type switch
    {
        DbnRecordType.Trade => "trade",
        DbnRecordType.Mbp1 => "mbp-1",
        DbnRecordType.Mbp10 => "mbp-10",
        DbnRecordType.OhlcvDeprecated => "ohlcv",
        DbnRecordType.Status => "status",
        DbnRecordType.Definition => "definition",
        DbnRecordType.Imbalance => "imbalance",
        DbnRecordType.Error => "error",
        DbnRecordType.SymbolMapping => "symbol-mapping",
        DbnRecordType.System => "system",
        DbnRecordType.Statistics => "statistics",
        DbnRecordType.Ohlcv1S => "ohlcv-1s",
        DbnRecordType.Ohlcv1M => "ohlcv-1m",
        DbnRecordType.Ohlcv1H => "ohlcv-1h",
        DbnRecordType.Ohlcv1D => "ohlcv-1d",
        DbnRecordType.OhlcvEod => "ohlcv-eod",
        DbnRecordType.Mbo => "mbo",
        DbnRecordType.Cmbp1 => "cmbp-1",
        DbnRecordType.Cbbo1S => "cbbo-1s",
        DbnRecordType.Cbbo1M => "cbbo-1m",
        DbnRecordType.Tcbbo => "tcbbo",
        DbnRecordType.Bbo1S => "bbo-1s",
        DbnRecordType.Bbo1M => "bbo-1m",
        _ => $"0x{(byte)type:x2}",
    };

    /// <summary>"raw_symbol", "instrument_id", … ; null for none.</summary>
    public static string? Of(DbnSymbology symbology) => symbology switch
    {
        DbnSymbology.InstrumentId => "instrument_id",
        DbnSymbology.RawSymbol => "raw_symbol",
        DbnSymbology.Smart => "smart",
        DbnSymbology.Continuous => "continuous",
        DbnSymbology.Parent => "parent",
        DbnSymbology.NasdaqSymbol => "nasdaq_symbol",
        DbnSymbology.CmsSymbol => "cms_symbol",
        DbnSymbology.Isin => "isin",
        DbnSymbology.UsCode => "us_code",
        DbnSymbology.BloombergCompositeId => "bbg_comp_id",
        DbnSymbology.BloombergCompositeTicker => "bbg_comp_ticker",
        DbnSymbology.Figi => "figi",
        DbnSymbology.FigiTicker => "figi_ticker",
        DbnSymbology.None => null,
        _ => $"stype {(byte)symbology}",
    };
}
