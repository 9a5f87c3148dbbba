using Fathom.Domain.Values;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// How fast the mid moves, in price units per second: (mid now − mid a window ago) ÷ window. The mid of a moment is that of the newest sound book at or before it. Known once a sound book is as old as
/// the window; NaN while the book is not sound.
/// </summary>
/// <remarks>It keeps the newest 65,536 changes of the mid: where more come within a window it is not known.</remarks>
public sealed class MidRate : TapeFeature
{
    /// <summary>Changes of the mid that are kept.</summary>
    public const int ChangesMax = 1 << 16;

    private readonly Duration _window;
    private Ring<(long Time, double Mid)> _changes = new(TimeWindows.InitialCapacity);
    private bool _isSound;

    /// <param name="window">Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public MidRate(Duration window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Nanos, nameof(window));
        _window = window;
    }

    /// <inheritdoc/>
    public override bool TakesBook => true;

    /// <inheritdoc/>
    public override bool FollowsTime => true;

    /// <inheritdoc/>
    public override void TakeBook(BookSample book)
    {
        _isSound = book.IsSound;
        if (_isSound && (_changes.Count == 0 || _changes[_changes.End - 1].Mid != book.Mid)) Push(book.Time.Nanos, book.Mid);
        AsOf(book.Time);
    }

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        long from = now.Nanos - _window.Nanos;
        while (_changes.Count > 1 && _changes[_changes.First + 1].Time <= from) _changes.DropFirst();
        bool isKnown = _isSound && _changes[_changes.First].Time <= from;
        Set(isKnown ? (_changes[_changes.End - 1].Mid - _changes[_changes.First].Mid) / ((double)_window.Nanos / Timestamp.NanosPerSecond) : double.NaN);
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _changes.Clear();
        _isSound = false;
    }

    private void Push(long time, double mid)
    {
        if (_changes.Count == ChangesMax) _changes.DropFirst();
        _changes.Add((time, mid));
    }
}
