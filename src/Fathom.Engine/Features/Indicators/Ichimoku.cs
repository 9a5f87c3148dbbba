namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Conversion, base, leading a, leading b and lagging line, as a chart shows them at this bar; nothing of a later bar is in them. Conversion and base are the means of the highest high and
/// the lowest low of the last c and b bars. Leading a is the mean of both, leading b that of the extremes of the last l bars, each of d bars ago: a chart draws them d bars ahead. Lagging is
/// this bar's close: a chart draws it d bars back, and what it is going to show at this bar nobody knows yet.
/// </summary>
/// <remarks>Source: Hosoda (1969). TA-Lib has none. Many charts count the displacement with the bar itself, so that their 26 is a d of 25.</remarks>
public sealed class Ichimoku : BarFeature
{
    private readonly MidRange _conversion, _base, _leading;
    private readonly double[] _a, _b;      // rings of what was computed in the last d bars
    private int _next;

    /// <param name="conversion">c, 1 or more.</param>
    /// <param name="baseLength">b, 1 or more.</param>
    /// <param name="leading">l, 1 or more.</param>
    /// <param name="displacement">d, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public Ichimoku(int conversion, int baseLength, int leading, int displacement)
        : base(outputs: 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(conversion, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(baseLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(leading, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(displacement, 1);
        (_conversion, _base, _leading) = (new(conversion), new(baseLength), new(leading));
        (_a, _b) = (new double[displacement], new double[displacement]);
        Clear();
    }

    protected override void Clear()
    {
        _conversion.Clear();
        _base.Clear();
        _leading.Clear();
        Array.Fill(_a, double.NaN);
        Array.Fill(_b, double.NaN);
        _next = 0;
    }

    protected override void Take(in BarSample bar)
    {
        double conversion = _conversion.Push(in bar), baseLine = _base.Push(in bar), leading = _leading.Push(in bar);
        Set(0, conversion);
        Set(1, baseLine);
        Set(2, _a[_next]);
        Set(3, _b[_next]);
        Set(4, bar.Close);
        (_a[_next], _b[_next]) = ((conversion + baseLine) / 2, leading);
        if (++_next == _a.Length) _next = 0;
    }

    private readonly struct MidRange(int length)
    {
        private readonly WindowExtreme _highest = WindowExtreme.Highest(length), _lowest = WindowExtreme.Lowest(length);

        /// <returns>NaN until so many bars have come.</returns>
        public double Push(in BarSample bar)
        {
            _highest.Push(bar.High);
            _lowest.Push(bar.Low);
            return _highest.IsFull ? (_highest.Value + _lowest.Value) / 2 : double.NaN;
        }

        public void Clear()
        {
            _highest.Clear();
            _lowest.Clear();
        }
    }
}
