using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;

namespace Fathom.Tests.Engine.Loop;

public class EventHistoryTests
{
    private readonly EventHistory _history = new();
    private readonly List<long> _all = [];

    [Fact]
    public void The_newest_events_are_there_up_to_the_bound_and_no_further()
    {
        Assert.False(_history.TryLast(0, out _));
        foreach (int count in new[] { 1, EventHistory.EventsMax - 1, EventHistory.EventsMax, EventHistory.EventsMax + 1, 3 * EventHistory.EventsMax + 7 })
        {
            while (_all.Count < count) AddFill();
            Assert.Equal(count, _history.Count);
            int kept = Math.Min(count, EventHistory.EventsMax);
            for (int back = 0; back < kept; back++)
            {
                Assert.True(_history.TryLast(back, out ReadOnlySpan<byte> message));
                Assert.Equal(_all[^(back + 1)], Messages.As<FillEvent>(message).Output.Sequence);
            }
            Assert.False(_history.TryLast(kept, out _));
            Assert.False(_history.TryLast(-1, out _));
        }
    }

    [Fact]
    public void Each_type_is_remembered_by_itself()
    {
        AddFill();
        QuoteEvent quote = new() { Header = MessageHeader.Create<QuoteEvent>(MessageType.QuoteEvent, 0, EngineRig.Crude, default, default), Bid = Price.From(5m) };
        for (int i = 0; i < EventHistory.EventsMax + 5; i++)
        {
            quote.BidQuantity = Quantity.Units(i);
            _history.Add(Messages.AsBytes(in quote));
        }
        Assert.Equal((1L, EventHistory.EventsMax + 5L, 0L), (_history.CountOf(MessageType.FillEvent), _history.CountOf(MessageType.QuoteEvent), _history.CountOf(MessageType.OrderEvent)));
        Assert.True(_history.TryLast(MessageType.FillEvent, 0, out FillEvent fill));
        Assert.Equal(1, fill.Output.Sequence);
        Assert.False(_history.TryLast(MessageType.FillEvent, 1, out FillEvent _));
        Assert.True(_history.TryLast(MessageType.QuoteEvent, EventHistory.EventsMax - 1, out QuoteEvent oldest));
        Assert.Equal(Quantity.Units(5), oldest.BidQuantity);
        Assert.False(_history.TryLast(MessageType.QuoteEvent, EventHistory.EventsMax, out QuoteEvent _));
        Assert.False(_history.TryLast(MessageType.OrderEvent, 0, out OrderEvent _));
    }

    [Fact]
    public void What_is_never_published_is_not_there_and_another_types_layout_is_a_mistake()
    {
        AddFill();
        foreach (MessageType type in new[] { MessageType.None, MessageType.MarketByOrder, MessageType.OrderReport, (MessageType)255 })
        {
            Assert.Equal(0, _history.CountOf(type));
            Assert.False(_history.TryLast(type, 0, out MarketByOrder _));
        }
        Assert.Throws<ArgumentException>(() => _history.TryLast(MessageType.FillEvent, 0, out QuoteEvent _));
    }

    /// <summary>Rings of different slots, told apart by an honest list.</summary>
    [Fact]
    public void Events_of_all_types_and_lengths_come_back_in_the_order_in_which_they_were_published()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            EventHistory history = new();
            List<byte[]> all = [];
            for (int i = 0; i < 2_000; i++)
            {
                byte[] message = random.Next(5) switch
                {
                    0 => Bytes(new FillEvent { Header = Header<FillEvent>(MessageType.FillEvent), FeeNanos = i }),
                    1 => Bytes(new QuoteEvent { Header = Header<QuoteEvent>(MessageType.QuoteEvent), Bid = new(i) }),
                    2 => Bytes(new PlotEvent { Header = Header<PlotEvent>(MessageType.PlotEvent), Value = i }),
                    3 => Bytes(new AnnotationEvent { Header = Header<AnnotationEvent>(MessageType.AnnotationEvent), Mid = new(i), Text = NoteText.Cut(new string('x', 300)) }),
                    _ => Bytes(new LogEvent { Header = Header<LogEvent>(MessageType.LogEvent), MessageLength = (ushort)i }),
                };
                all.Add(message);
                history.Add(message);
                int back = random.Next(Math.Min(all.Count, EventHistory.EventsMax));
                Assert.True(history.TryLast(back, out ReadOnlySpan<byte> found) && found.SequenceEqual(all[^(back + 1)]), $"seed {seed}, event {i}, {back} back");
            }
            Assert.False(history.TryLast(EventHistory.EventsMax, out _));
            Assert.Equal(all.Count(message => message[0] == (byte)MessageType.LogEvent), history.CountOf(MessageType.LogEvent));
            Assert.True(history.TryLast(MessageType.PlotEvent, 0, out PlotEvent plot));
            Assert.Equal(all.FindLastIndex(message => message[0] == (byte)MessageType.PlotEvent), plot.Value);
        }
    }

    private static byte[] Bytes<T>(T message) where T : unmanaged => Messages.AsBytes(in message).ToArray();

    private static MessageHeader Header<T>(MessageType type) where T : unmanaged => MessageHeader.Create<T>(type, 0, EngineRig.Crude, default, default);

    private void AddFill()
    {
        FillEvent fill = new() { Header = MessageHeader.Create<FillEvent>(MessageType.FillEvent, 0, EngineRig.Crude, default, default), Output = new OutputHeader { Sequence = _all.Count + 1 } };
        _all.Add(fill.Output.Sequence);
        _history.Add(Messages.AsBytes(in fill));
    }
}
