using System.Numerics;

namespace Fathom.Twins.SlowBars;

/// <summary>One bar in plain numbers; units of 1e-9, sums of products of 1e-18, times in nanoseconds.</summary>
public sealed record SlowBar(
    string Spec, int Instrument, long OpenTime, long CloseTime, long FirstTime, long LastTime, long Open, long High, long Low, long Close, BigInteger Volume, BigInteger PriceVolume,
    BigInteger Notional, long Count);
