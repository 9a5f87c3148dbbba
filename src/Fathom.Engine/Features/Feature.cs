using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>
/// One or several numbers that follow a stream, one sample at a time. An output is NaN until it is known (warm-up, or nothing to compute it from) and finite from then on; infinity never leaves.
/// The same samples give the same bits, in research, in a backtest and live. A sample that is missing (NaN, infinite) is passed over: it is as if it had not come.
/// </summary>
/// <remarks>Derive from <see cref="ValueFeature"/>, <see cref="PairFeature"/>, <see cref="BarFeature"/> or <see cref="TapeFeature"/>, by what it takes.</remarks>
public abstract class Feature
{
    private double[] _store;
    private int _at;

    private protected Feature(int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        OutputCount = outputs;
        _store = new double[outputs];
        Array.Fill(_store, double.NaN);
    }

    /// <summary>How many numbers it gives, 1 or more.</summary>
    public int OutputCount { get; }

    /// <summary>The first output; NaN while it is not known.</summary>
    public double Value => _store[_at];

    /// <summary>An output by its place; NaN while it is not known.</summary>
    public double this[int output] => (uint)output < (uint)OutputCount ? _store[_at + output] : throw new ArgumentOutOfRangeException(nameof(output), output, $"There are {OutputCount} outputs.");

    /// <summary>Every output is known.</summary>
    public bool IsReady
    {
        get
        {
            foreach (double value in _store.AsSpan(_at, OutputCount))
                if (double.IsNaN(value)) return false;
            return true;
        }
    }

    /// <summary>Its outputs change as time passes, without a sample: <see cref="AsOf"/> is called before they are read.</summary>
    public virtual bool FollowsTime => false;

    /// <summary>It begins anew with each session: <see cref="OpenSession"/> is called before the first sample of one.</summary>
    public virtual bool FollowsSessions => false;

    /// <summary>Brings the outputs to a moment.</summary>
    /// <param name="now">Not before that of any sample or earlier call.</param>
    public virtual void AsOf(Timestamp now) { }

    /// <summary>A trading session begins.</summary>
    public virtual void OpenSession() { }

    /// <summary>As it was when it was made: it forgets all samples.</summary>
    public void Reset()
    {
        _store.AsSpan(_at, OutputCount).Fill(double.NaN);
        Clear();
    }

    /// <summary>Forgets all samples; the outputs are NaN already.</summary>
    protected abstract void Clear();

    /// <summary>States the first output; what is not finite is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(double value) => _store[_at] = double.IsFinite(value) ? value : double.NaN;

    /// <summary>States an output by its place; what is not finite is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(int output, double value) => _store[_at + output] = double.IsFinite(value) ? value : double.NaN;

    /// <summary>From here on the outputs stand there: side by side with those of other features.</summary>
    internal void Place(double[] store, int at)
    {
        Array.Copy(_store, _at, store, at, OutputCount);
        (_store, _at) = (store, at);
    }
}
