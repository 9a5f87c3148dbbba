using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Data.Series;

/// <summary>A series as messages: its definition, then its points in the order in which they became known.</summary>
public sealed class SeriesSource : IMessageSource
{
    private readonly SeriesDefinition _definition;
    private readonly SeriesObservation[] _points;
    private int _next = -1;

    internal SeriesSource(string name, in SeriesDefinition definition, SeriesObservation[] points)
    {
        Name = name;
        _definition = definition;
        _points = points;
    }

    public string Name { get; }

    /// <summary>In the order in which they became known; at least one.</summary>
    public ReadOnlySpan<SeriesObservation> Points => _points;

    public int Read(Span<byte> buffer)
    {
        int used = 0;
        if (_next < 0)
        {
            Messages.AsBytes(in _definition).CopyTo(buffer);
            used = Messages.AsBytes(in _definition).Length;
            _next = 0;
        }
        for (; _next < _points.Length; _next++)
        {
            ReadOnlySpan<byte> point = Messages.AsBytes(in _points[_next]);
            if (point.Length > buffer.Length - used) break;
            point.CopyTo(buffer[used..]);
            used += point.Length;
        }
        return used;
    }

    public void Dispose() { }
}
