namespace Fathom.Data.Dbn;

/// <summary>What kind of name a symbol is ("stype").</summary>
public enum DbnSymbology : byte
{
    InstrumentId = 0,
    RawSymbol = 1,
    Smart = 2,
    Continuous = 3,
    Parent = 4,
    NasdaqSymbol = 5,
    CmsSymbol = 6,
    Isin = 7,
    UsCode = 8,
    BloombergCompositeId = 9,
    BloombergCompositeTicker = 10,
    Figi = 11,
    FigiTicker = 12,
    None = 0xFF,
}
