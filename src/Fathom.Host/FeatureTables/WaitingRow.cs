using Fathom.Domain.Values;

namespace Fathom.Host.FeatureTables;

/// <summary>A row whose features are known, and whose labels may not be yet.</summary>
/// <param name="features">Columns of features.</param>
/// <param name="labels">Labels.</param>
internal sealed class WaitingRow(int features, int labels)
{
    private readonly bool[] _isResolved = new bool[labels];
    private int _open;

    /// <summary>The how manieth row of the table; another where the object is used again.</summary>
    public long Number { get; private set; }

    public Timestamp Time { get; private set; }

    public InstrumentId Instrument { get; private set; }

    public double[] Features { get; } = new double[features];

    public double[] Labels { get; } = new double[labels];

    /// <summary>When a label's barrier was met; None where it has no time.</summary>
    public Timestamp[] Times { get; } = new Timestamp[labels];

    public bool IsComplete => _open == 0;

    public void Begin(long number, Timestamp time, InstrumentId instrument, ReadOnlySpan<double> features)
    {
        (Number, Time, Instrument, _open) = (number, time, instrument, _isResolved.Length);
        features.CopyTo(Features);
        Array.Clear(_isResolved);
        Array.Fill(Labels, double.NaN);
        Array.Fill(Times, Timestamp.None);
    }

    public bool IsResolved(int label) => _isResolved[label];

    public void Resolve(int label, double value, Timestamp time)
    {
        if (_isResolved[label]) return;
        (_isResolved[label], Labels[label], Times[label]) = (true, value, time);
        _open--;
    }
}
