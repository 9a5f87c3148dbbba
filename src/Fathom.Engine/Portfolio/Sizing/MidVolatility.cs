using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>Realised volatility of mids that come at any time: squared relative returns over at least a sample's length, and the time that they took, both fading by half in each half-life. Their
/// ratio is the variance per second whatever the gaps between them.</summary>
internal sealed class MidVolatility(Duration sample, Duration halfLife) : IVolatilityGauge
{
    /// <summary>Fewer returns say nothing.</summary>
    private const int ReadyAfter = 20;

    private const double DaySeconds = 86_400, LogTwo = 0.693147180559945309417;

    private Fading[] _byInstrument = [];

    public double DailyVolatility(InstrumentId instrument)
    {
        if ((uint)instrument.Index >= (uint)_byInstrument.Length) return double.NaN;
        ref Fading known = ref _byInstrument[instrument.Index];
        return known.Count >= ReadyAfter ? Math.Sqrt(known.Squares / known.Seconds * DaySeconds) : double.NaN;
    }

    /// <param name="clock">Never going back.</param>
    public void NoteMid(InstrumentId instrument, Price bid, Price ask, Timestamp clock)
    {
        if (instrument.Index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(instrument.Index + 1, _byInstrument.Length * 2));
        ref Fading known = ref _byInstrument[instrument.Index];
        double mid = (bid.ToDouble() + ask.ToDouble()) / 2;
        if (!(mid > 0)) return;
        if (known.Mid > 0)
        {
            Duration since = clock - known.Time;
            if (since < sample) return;
            double fade = Portable.Exp(-LogTwo * since.Nanos / halfLife.Nanos), change = mid / known.Mid - 1;
            known.Squares = known.Squares * fade + change * change;
            known.Seconds = known.Seconds * fade + since.Nanos * 1e-9;
            known.Count++;
        }
        (known.Mid, known.Time) = (mid, clock);
    }

    private struct Fading
    {
        public double Mid, Squares, Seconds;
        public Timestamp Time;
        public int Count;
    }
}
