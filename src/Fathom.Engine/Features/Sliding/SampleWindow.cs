using System.Runtime.CompilerServices;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Sliding;

/// <summary>The total of the last so many samples, or of those of the last so much time, (now − time, now].</summary>
internal sealed class SampleWindow<TSample, TTotal> : IWindow where TSample : struct where TTotal : struct, ITotal<TTotal, TSample>
{
    private readonly SlidingTotal<TSample, TTotal> _total;
    private readonly int _count;
    private readonly long _time;
    private Ring<long> _times;

    public SampleWindow(FeatureWindow window)
    {
        (_count, _time, IsTime) = (window.Count, window.Time.Nanos, window.IsTime);
        _total = new SlidingTotal<TSample, TTotal>(IsTime ? TimeWindows.InitialCapacity : _count);
        _times = new Ring<long>(IsTime ? TimeWindows.InitialCapacity : 1);
    }

    public bool IsTime { get; }

    /// <summary>Samples in it.</summary>
    public int Count => _total.Count;

    /// <summary>Number of the oldest sample in it.</summary>
    public long First => _total.First;

    /// <summary>Number of the sample to come.</summary>
    public long End => _total.End;

    /// <summary>From where <see cref="Total"/> is measured.</summary>
    public TSample Origin => _total.Origin;

    /// <summary>A sample by its number.</summary>
    public ref readonly TSample this[long number] => ref _total[number];

    /// <summary>Of all samples in it; there is one.</summary>
    public TTotal Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _total.Total;
    }

    /// <summary>It is as full as it has to be: a window of a count holds that many, one of a time has any so many.</summary>
    public bool Has(int least) => IsTime ? _total.Count >= least : _total.Count == _count;

    /// <summary>Takes a sample of now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(Timestamp now, in TSample sample)
    {
        Add(now, in sample);
        if (IsTime) Expire(now);
    }

    /// <summary>Takes a sample that leaves with what has its time.</summary>
    /// <param name="time">Not before that of an earlier sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Timestamp time, in TSample sample)
    {
        if (IsTime)
        {
            if (_total.Count == TimeWindows.SamplesMax) DropFirst();
            _times.Add(time.Nanos);
        }
        else if (_total.Count == _count)
        {
            _total.DropFirst();
        }
        _total.Add(in sample);
    }

    /// <summary>What is too old by now goes, where the window is a time.</summary>
    /// <returns>Something went.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Expire(Timestamp now) => IsTime && _total.Count > 0 && now.Nanos - _times[_times.First] >= _time && DropPast(now);

    public void Clear()
    {
        _total.Clear();
        _times.Clear();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DropPast(Timestamp now)
    {
        do DropFirst();
        while (_total.Count > 0 && now.Nanos - _times[_times.First] >= _time);
        return true;
    }

    private void DropFirst()
    {
        _times.DropFirst();
        _total.DropFirst();
    }
}
