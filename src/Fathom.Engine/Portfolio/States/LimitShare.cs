namespace Fathom.Engine.Portfolio.States;

/// <summary>How much of its limit a position is. Marks move far more often than positions and limits do: as long as neither is another, the share is what it was.</summary>
internal struct LimitShare
{
    private Int128 _held;
    private long _max;
    private long _share;

    /// <param name="held">Signed, units of 1e-9.</param>
    /// <param name="max">Of either sign, units of 1e-9; the largest number for any.</param>
    /// <returns>In 1e-9, rounded down, the nearest that fits; unknown where any is allowed. A limit of nothing counts as the smallest unit.</returns>
    public long Of(Int128 held, long max)
    {
        if (max == long.MaxValue) return MeasureValues.Unknown;
        if (held == _held && max == _max) return _share;
        (_held, _max) = (held, max);
        return _share = (long)Int128.Min(Int128.Abs(held) * StateOptions.One / Math.Max(max, 1), long.MaxValue);
    }
}
