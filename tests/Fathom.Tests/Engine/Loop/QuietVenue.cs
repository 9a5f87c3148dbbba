using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Tests.Engine.Loop;

/// <summary>A market and a venue that allocate nothing, so that what is allocated is the engine's: the tape walks up and down, every order is accepted, and then filled
/// (at once where it is a market order), replaced or canceled.</summary>
internal sealed class QuietVenue : IVenue, IRunObserver
{
    private readonly OrderCommand[] _orders = new OrderCommand[64];
    private readonly OrderReport[] _answers = new OrderReport[256];
    private int _orderCount, _answerCount, _answered;
    private long _now, _step;
    private ulong _execution, _tapeOrder;

    public Timestamp Now => new(_now);

    public void Send(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Submit)
        {
            Answer(ReportKind.Accepted, command);
            if (command.Type == OrderType.Market) Answer(ReportKind.Filled, command);
            else _orders[_orderCount++] = command;
            return;
        }
        for (int i = 0; i < _orderCount; i++)
        {
            if (_orders[i].ClientOrderId != command.ClientOrderId) continue;
            if (command.Kind == CommandKind.Replace)
            {
                Answer(ReportKind.Replaced, _orders[i]);
                (_orders[i].Price, _orders[i].Quantity) = (command.Price, command.Quantity);
                return;
            }
            Answer(ReportKind.Canceled, _orders[i]);
            _orders[i] = _orders[--_orderCount];
            return;
        }
        Answer(command.Kind == CommandKind.Replace ? ReportKind.ReplaceRejected : ReportKind.CancelRejected, command);
    }

    public InstrumentDefinition Definition() => new()
    {
        Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, default, default),
        Tick = Price.From(0.01m),
        Lot = Quantity.Units(1),
        MultiplierNanos = Price.Scale,
        Currency = EngineRig.Code("USD"),
    };

    /// <summary>One venue event of three messages around a price that walks; every seventh fills what is live.</summary>
    public void NextEvent(TakeMessage take)
    {
        long middle = 100_000 + Math.Abs(_step++ % 40 - 20);
        Tape(take, BookAction.Clear, Side.None, Price.None, false);
        Tape(take, BookAction.Add, Side.Buy, new Price((middle - 2) * 10_000_000), false);
        Tape(take, BookAction.Add, Side.Sell, new Price((middle + 2) * 10_000_000), true);
        if (_step % 3 == 0) Tape(take, BookAction.Trade, _step % 2 == 0 ? Side.Buy : Side.Sell, new Price(middle * 10_000_000), true);
        if (_step % 7 != 0) return;
        for (int i = 0; i < _orderCount; i++) Answer(ReportKind.Filled, _orders[i]);
        _orderCount = 0;
    }

    public bool TryAnswer(out OrderReport report)
    {
        report = default;
        if (_answered == _answerCount)
        {
            _answered = _answerCount = 0;
            return false;
        }
        report = _answers[_answered++];
        return true;
    }

    private void Tape(TakeMessage take, BookAction action, Side side, Price price, bool isLast)
    {
        MarketByOrder message = new()
        {
            Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, EngineRig.Crude, new Timestamp(_now), new Timestamp(++_now)),
            OrderId = ++_tapeOrder,
            Price = price,
            Quantity = Quantity.Units(action == BookAction.Clear ? 0 : 5),
            Action = action,
            Side = side,
            Flags = isLast ? BookFlags.Last : BookFlags.None,
        };
        take(Messages.AsBytes(in message));
    }

    private void Answer(ReportKind kind, in OrderCommand order) => _answers[_answerCount++] = new OrderReport
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, EngineRig.VenueNumber, order.Header.Instrument, new Timestamp(_now), new Timestamp(_now)),
        Kind = kind,
        ClientOrderId = order.ClientOrderId,
        ExecutionId = kind == ReportKind.Filled ? new ExecutionId(0, ++_execution) : ExecutionId.None,
        LastPrice = kind != ReportKind.Filled ? Price.None : order.Price.IsNone ? Price.From(1_000m) : order.Price,
        LastQuantity = kind == ReportKind.Filled ? order.Quantity : Quantity.Zero,
        Side = order.Side,
        QueueAhead = Quantity.None,
    };
}
