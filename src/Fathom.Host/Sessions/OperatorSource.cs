using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Host.Sessions;

/// <summary>Lays what an operator does into the stream that a backtest reads, each command where its time has come: behind the market data of that time. Instruments are known by their definitions, which come in the stream.</summary>
internal sealed class OperatorSource : IMessageSource
{
    private const int BlockBytes = 64 * 1024;

    private readonly IMessageSource _inner;
    private readonly Duration _feed;
    private readonly Timestamp _start;
    private readonly List<(Timestamp At, OperatorOrder Order)> _due = [];
    private readonly List<OperatorOrder> _relative = [];
    private readonly Dictionary<string, InstrumentId> _instruments = new(StringComparer.Ordinal);
    private readonly long[] _block = new long[BlockBytes / sizeof(long)];
    private int _at, _end, _next;
    private Timestamp _time = Timestamp.Earliest;

    /// <param name="inner">Disposed with this.</param>
    /// <param name="feedLatency">On top of the market data's receive times.</param>
    /// <param name="start">When the run begins.</param>
    public OperatorSource(IMessageSource inner, IReadOnlyList<OperatorOrder> orders, Duration feedLatency, Timestamp start)
    {
        (_inner, _feed, _start) = (inner, feedLatency, start);
        foreach (OperatorOrder order in orders)
        {
            if (order.At.IsNone) _relative.Add(order);
            else _due.Add((order.At, order));
        }
        Sort();
    }

    private Span<byte> Block => MemoryMarshal.AsBytes(_block.AsSpan());

    public int Read(Span<byte> buffer)
    {
        int used = 0;
        while (true)
        {
            if (_at == _end && !TryFill()) return used;
            ReadOnlySpan<byte> message = Block[_at.._end];
            ref readonly MessageHeader header = ref Messages.Header(message);
            Timestamp time = TimeOf(in header);
            if (_relative.Count > 0 && time >= _start && time > Timestamp.Earliest && header.Type != MessageType.SeriesPoint) Anchor(time);
            if (_next < _due.Count && _due[_next].At < time)
            {
                if (!TryWrite(_due[_next], buffer[used..], out int written)) return used;
                used += written;
                _next++;
                continue;
            }
            if (header.Length > buffer.Length - used) return used;
            if (header.Type is MessageType.InstrumentDefined or MessageType.InstrumentChanged) _instruments[Messages.As<InstrumentDefinition>(message).Symbol.ToString()] = header.Instrument;
            message[..header.Length].CopyTo(buffer[used..]);
            used += header.Length;
            _at += header.Length;
            _time = time;
        }
    }

    /// <summary>Whatever was not done lies behind the end of the data.</summary>
    /// <exception cref="InputException">There is such a one.</exception>
    public void RequireDone()
    {
        OperatorOrder? open = _next < _due.Count ? _due[_next].Order : _relative.Count > 0 ? _relative[0] : null;
        if (open is null) return;
        string when = open.At.IsNone ? $"after = \"{open.After}\"" : $"at = {open.At}";
        throw new InputException(open.Place, when, $"a time before the market data ended at {_time}", "Choose an earlier time, or data that lasts longer.");
    }

    public void Dispose() => _inner.Dispose();

    private bool TryFill()
    {
        (_at, _end) = (0, _inner.Read(Block));
        return _end > 0;
    }

    /// <summary>When the engine takes the message.</summary>
    private Timestamp TimeOf(in MessageHeader header)
    {
        if (header.ReceiveTime.IsNone) return _time;
        return Timestamp.Max(_time, header.Type == MessageType.SeriesPoint ? header.ReceiveTime : header.ReceiveTime + _feed);
    }

    /// <summary>The run begins: what is told from there has a time now.</summary>
    private void Anchor(Timestamp begins)
    {
        foreach (OperatorOrder order in _relative) _due.Add((begins + order.After, order));
        _relative.Clear();
        Sort();
    }

    /// <summary>By time; of one time as written.</summary>
    private void Sort()
    {
        (Timestamp At, OperatorOrder Order)[] sorted = [.. _due.Skip(_next).OrderBy(due => due.At.Nanos)];
        _due.RemoveRange(_next, _due.Count - _next);
        _due.AddRange(sorted);
    }

    private bool TryWrite((Timestamp At, OperatorOrder Order) due, Span<byte> buffer, out int written)
    {
        OperatorCommand command = due.Order.Command;
        command.Header.EventTime = command.Header.ReceiveTime = due.At;
        if (due.Order.Symbol is { } symbol) command.Header.Instrument = Find(due.Order, symbol);
        ReadOnlySpan<byte> bytes = Messages.AsBytes(in command);
        written = bytes.Length;
        return bytes.TryCopyTo(buffer);
    }

    private InstrumentId Find(OperatorOrder order, string symbol)
    {
        if (_instruments.TryGetValue(symbol, out InstrumentId id)) return id;
        throw new InputException($"{order.Place}.instrument", $"'{symbol}', of which no definition came before that time", $"one of {string.Join(", ", _instruments.Keys.Order(StringComparer.Ordinal))}", "Name one of them, or leave it out: then all are concerned.");
    }
}
