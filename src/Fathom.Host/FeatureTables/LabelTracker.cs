using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Host.FeatureTables;

/// <summary>Follows the mids after each row until one label of it is known.</summary>
/// <param name="index">Which label of a row.</param>
/// <param name="widthColumn">Of the feature that the barriers are multiples of; below zero: basis points.</param>
/// <param name="width">What one of that feature is.</param>
internal sealed class LabelTracker(FeatureLabel label, int index, int widthColumn = -1, LabelWidth width = LabelWidth.Bps)
{
    private const double BpsPerUnit = 10_000;

    private readonly Queue<Waiting> _waiting = [];      // by the time at which their horizon ends; of rows that were written before it too
    private readonly List<BarrierQueue> _up = [], _down = [];      // by instrument

    /// <summary>Rows whose horizon is not over.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>A row was taken.</summary>
    /// <param name="mid">As the row saw it; NaN where there was none.</param>
    public void Add(WaitingRow row, double mid)
    {
        if (!IsUsable(mid))
        {
            row.Resolve(index, double.NaN, Timestamp.None);
            return;
        }
        if (label.Kind == FeatureLabelKind.TripleBarrier)
        {
            double unit = Unit(row, mid);
            if (!(unit > 0) || double.IsInfinity(unit))
            {
                row.Resolve(index, double.NaN, Timestamp.None);
                return;
            }
            Of(_up, row.Instrument).Add(row, mid + label.Up * unit);
            Of(_down, row.Instrument).Add(row, -(mid - label.Down * unit));
        }
        _waiting.Enqueue(new Waiting(row, row.Number, row.Time + label.Horizon, mid));
    }

    /// <summary>Everything up to a time is known: horizons that ended before it are over.</summary>
    public void Advance(Timestamp now, ReadOnlySpan<double> mids)
    {
        while (_waiting.TryPeek(out Waiting first) && first.Due < now) End(mids);
    }

    /// <summary>The mid moved.</summary>
    public void Move(InstrumentId instrument, double mid, Timestamp now)
    {
        if (label.Kind != FeatureLabelKind.TripleBarrier) return;
        Meet(_up, instrument, mid, now, 1);
        Meet(_down, instrument, -mid, now, -1);
    }

    /// <summary>No more comes: horizons that end by the last time are over, what is left stays unknown.</summary>
    public void Finish(Timestamp last, ReadOnlySpan<double> mids)
    {
        while (_waiting.TryPeek(out Waiting first) && first.Due <= last) End(mids);
        while (_waiting.TryDequeue(out Waiting left))
            if (left.IsThere) left.Row.Resolve(index, double.NaN, Timestamp.None);
    }

    private void End(ReadOnlySpan<double> mids)
    {
        Waiting over = _waiting.Dequeue();
        if (!over.IsThere) return;
        double end = mids[over.Row.Instrument.Index];
        if (label.Kind == FeatureLabelKind.TripleBarrier) over.Row.Resolve(index, 0, over.Due);
        else over.Row.Resolve(index, IsUsable(end) ? Portable.Log(end / over.Mid) : double.NaN, Timestamp.None);
    }

    private void Meet(List<BarrierQueue> queues, InstrumentId instrument, double mid, Timestamp now, double value)
    {
        if (instrument.Index >= queues.Count) return;
        while (queues[instrument.Index].TryTake(mid, index, out WaitingRow? row)) row.Resolve(index, value, now);
    }

    /// <summary>What one of the label's numbers is as a difference of prices.</summary>
    private double Unit(WaitingRow row, double mid) => widthColumn < 0 ? mid / BpsPerUnit : width switch
    {
        LabelWidth.Price => row.Features[widthColumn],
        LabelWidth.Bps => row.Features[widthColumn] * mid / BpsPerUnit,
        _ => row.Features[widthColumn] * mid,
    };

    /// <summary>Spreads and such can have mids at or below zero, of which there is no log return.</summary>
    private static bool IsUsable(double mid) => mid > 0;

    private static BarrierQueue Of(List<BarrierQueue> queues, InstrumentId instrument)
    {
        while (queues.Count <= instrument.Index) queues.Add(new BarrierQueue());
        return queues[instrument.Index];
    }

    /// <param name="Number">Of the row: it may have been written, and its object be another's by now.</param>
    private readonly record struct Waiting(WaitingRow Row, long Number, Timestamp Due, double Mid)
    {
        public bool IsThere => Row.Number == Number && !Row.IsComplete;
    }
}
