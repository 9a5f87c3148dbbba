using System.Runtime.CompilerServices;

namespace Fathom.Engine.Features.Sliding;

/// <summary>
/// The total of a row of samples that grows at its end and shrinks at its beginning. Taking the oldest sample back out of a running total leaves behind what rounding made of it, and for
/// an extreme there is no way back at all. Here nothing is ever taken out. The row is cut in two:
/// <code>
///     first ─────────── cut ─────────── end
///     [ totals up to the cut ][ one total ]
/// </code>
/// Before the cut each place has the total from there to the cut, after it there is one total of all: the whole is the two put together. Where the first half has run out, the cut moves
/// to the end and the totals before it are made anew, from the samples: a step for each of them, once a round.
/// </summary>
/// <remarks>A queue of two stacks; Tangwongsan, Hirzel, Schneider (2017), "Low-latency sliding-window aggregation in worst-case constant time", section 2.</remarks>
internal sealed class SlidingTotal<TSample, TTotal> where TSample : struct where TTotal : struct, ITotal<TTotal, TSample>
{
    private Ring<TSample> _samples;
    private TTotal[] _totals;      // from a place to the cut, by the place of its sample in the ring
    private long _cut;
    private TTotal _newer;      // of [_cut, end)
    private TSample _origin;

    /// <param name="capacity">Samples for which there is room from the start; it doubles where there are more.</param>
    public SlidingTotal(int capacity)
    {
        _samples = new Ring<TSample>(capacity);
        _totals = new TTotal[_samples.Capacity];
    }

    public int Count => _samples.Count;

    /// <summary>Number of the oldest sample.</summary>
    public long First => _samples.First;

    /// <summary>Number of the sample to come.</summary>
    public long End => _samples.End;

    /// <summary>From where <see cref="Total"/> is measured.</summary>
    public TSample Origin => _origin;

    /// <summary>A sample by its number.</summary>
    public ref readonly TSample this[long number] => ref _samples[number];

    /// <summary>Of all samples; there is one.</summary>
    public TTotal Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_samples.First == _cut) return _newer;
            ref readonly TTotal older = ref _totals[_samples.First & (_totals.Length - 1)];
            return _cut == _samples.End ? older : TTotal.Merge(in older, in _newer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TSample sample)
    {
        if (_samples.IsFull) Grow();
        if (_samples.Count == 0) _origin = sample;
        TTotal single = TTotal.Of(in sample, in _origin);
        _newer = _cut == _samples.End ? single : TTotal.Merge(in _newer, in single);
        _samples.Add(in sample);
    }

    /// <summary>There is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DropFirst()
    {
        if (_samples.First == _cut) MoveCut();
        _samples.DropFirst();
    }

    public void Clear()
    {
        _samples.Clear();
        _cut = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        TTotal[] grown = new TTotal[_totals.Length * 2];
        for (long i = _samples.First; i < _cut; i++) grown[i & (grown.Length - 1)] = _totals[i & (_totals.Length - 1)];
        _totals = grown;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveCut()
    {
        _cut = _samples.End;
        _origin = _samples[_cut - 1];
        TTotal total = TTotal.Of(in _origin, in _origin);
        _totals[(_cut - 1) & (_totals.Length - 1)] = total;
        for (long i = _cut - 2; i >= _samples.First; i--)
        {
            total = TTotal.Merge(TTotal.Of(in _samples[i], in _origin), in total);
            _totals[i & (_totals.Length - 1)] = total;
        }
    }
}
