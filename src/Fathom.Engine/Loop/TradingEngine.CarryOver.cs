using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop.CarryOver;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>The session roll: what a session leaves, and how the next one goes on with it.</summary>
/// <remarks>
/// A carry-over is a block of ordinary input messages, from <see cref="CarryOverBegins"/> to <see cref="CarryOverEnds"/>, that comes before the first input with a time. It states what is ours (money,
/// positions, orders, numbers that were given); what is the market's comes as market data. The run begins with the first input later than the carried clock: what the tape brings before builds the books, wakes nobody
/// and does not move what a carried position is worth.
/// </remarks>
public sealed partial class TradingEngine
{
    private CarryOverReader? _carryOver;      // while a block is open
    private long _session;
    private bool _isCarried;
    private Timestamp _start;

    private CarryOverParts Parts => new(_input, Market.Instruments, Account, _blotter, _gate, _outbox, _publisher, _recovery, _options.OwnerNames, _ids, _sessions) { States = _states, KillWatch = _watch };

    /// <summary>Sessions of the account, this one included once its run has begun.</summary>
    public long Session => _session;

    /// <summary>Writes the carry-over with which the next engine goes on: see the type's remarks.</summary>
    public void WriteCarryOver(IMessageSink sink)
    {
        Invariant.Require(_carryOver is null, "half a carry-over is not carried on");
        new CarryOverWriter(Parts, _session).WriteTo(sink);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeCarryOver(ReadOnlySpan<byte> message)
    {
        Invariant.Require(_first.IsNone, "what a session carries over comes before the run begins");
        switch (Messages.Header(message).Type)
        {
            case MessageType.CarryOverBegins:
                Invariant.Require(_carryOver is null && !_isCarried, "one carry-over is taken, once");
                _carryOver = new CarryOverReader(Parts, in Messages.As<CarryOverBegins>(message));
                _session = Messages.As<CarryOverBegins>(message).Session;
                break;
            case MessageType.CarryOverEnds:
                Invariant.Require(_carryOver is not null, "a carry-over begins before it ends");
                _carryOver.Complete(in Messages.As<CarryOverEnds>(message));
                (_carryOver, _isCarried) = (null, true);
                if (Clock > Timestamp.Earliest) _start = Timestamp.Max(_start, new Timestamp(Clock.Nanos + 1));
                _nextSample = _start;
                break;
            default:
                Invariant.Require(_carryOver is not null, "what is carried over comes in one block");
                _carryOver.Take(message);
                break;
        }
    }

    /// <summary>The run begins: with the first input at or after its start; a venue's answer or an operator's word does not wait for that.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartIfDue(MessageType type)
    {
        bool isForUs = type is (>= MessageType.OrderReport and <= MessageType.ExecutionChanged) or MessageType.OperatorCommand;
        if (_first.IsNone && _isCarried && isForUs) _first = Clock;
        if (_first.IsNone) return;
        if (_isCarried) MarkCarried();
        Start();
    }

    /// <summary>Carried positions are worth what the books say that were built meanwhile.</summary>
    private void MarkCarried()
    {
        foreach (InstrumentHoldings open in Account.Open)
            if (_stage.Features.BestOf(open.Instrument) is { IsSound: true } best) Account.MarkTo(open.Instrument, best.Bid.Price, best.Ask.Price);
    }

    /// <summary>The tape before the start says nothing of what a carried position is worth now.</summary>
    private bool IsMarkedLater(InstrumentId instrument) => !_isStarted && _isCarried && Account.HasPosition(instrument);
}
