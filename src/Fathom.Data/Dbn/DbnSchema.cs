namespace Fathom.Data.Dbn;

/// <summary>What a file holds. A file of several kinds, and a live stream, is <see cref="Mixed"/>.</summary>
public enum DbnSchema : ushort
{
    Mbo = 0,
    Mbp1 = 1,
    Mbp10 = 2,
    Tbbo = 3,
    Trades = 4,
    Ohlcv1S = 5,
    Ohlcv1M = 6,
    Ohlcv1H = 7,
    Ohlcv1D = 8,
    Definition = 9,
    Statistics = 10,
    Status = 11,
    Imbalance = 12,
    OhlcvEod = 13,
    Cmbp1 = 14,
    Cbbo1S = 15,
    Cbbo1M = 16,
    Tcbbo = 17,
    Bbo1S = 18,
    Bbo1M = 19,
    Mixed = 0xFFFF,
}
