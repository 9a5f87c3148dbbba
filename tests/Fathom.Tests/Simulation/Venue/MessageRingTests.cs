using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class MessageRingTests
{
    [Fact]
    public void Messages_of_all_lengths_come_out_whole_and_in_order()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            MessageRing ring = new(1 << 16);
            Queue<byte[]> twin = new();
            for (int step = 0; step < 600; step++)
            {
                bool isDrain = step / 100 % 2 == 1;      // it grows, wraps round and empties
                if (twin.Count == 0 || random.Next(10) < (isDrain ? 4 : 6)) twin.Enqueue(Add(ring, random, step));
                else Assert.True(ring.FirstHeader.Length == twin.Peek().Length && twin.Dequeue().AsSpan().SequenceEqual(Take(ring)), $"seed {seed}, step {step}");
                Assert.True(ring.Count == twin.Count && ring.IsEmpty == (twin.Count == 0), $"seed {seed}, step {step}: {ring.Count}, not {twin.Count}");
            }
            while (twin.Count > 0) Assert.True(twin.Dequeue().AsSpan().SequenceEqual(Take(ring)), $"seed {seed}, at the end");
        }
    }

    [Fact]
    public void Bound_is_kept_and_room_is_promised_only_where_it_is()
    {
        for (int dropped = 0; dropped < 40; dropped++)
        {
            MessageRing ring = new(1 << 14);
            Random random = new(dropped);
            for (int i = 0; i < 50; i++) Add(ring, random, i);
            for (int i = 0; i < dropped; i++) ring.Dequeue();
            int more = 0;
            for (; ring.HasRoomFor(152); more++) Add(ring, MessageType.ExecutionChanged, i: more);
            Assert.True(more > 20, $"{dropped} dropped: {more}");
            Assert.False(ring.HasRoomFor((1 << 14) - ring.Count * 64));
        }
        Assert.Throws<InvariantException>(() =>
        {
            MessageRing ring = new(1 << 14);
            for (int i = 0; i <= 1 << 14; i++) Add(ring, MessageType.OrderReport, i);
        });
    }

    private static byte[] Take(MessageRing ring)
    {
        byte[] message = ring.First.ToArray();
        ring.Dequeue();
        return message;
    }

    private static byte[] Add(MessageRing ring, Random random, int step) => Add(ring, (MessageType)random.Next((int)MessageType.OrderReport, (int)MessageType.VenueConnection), step);

    private static byte[] Add(MessageRing ring, MessageType type, int i) => type switch
    {
        MessageType.VenueOrder => Add(ring, new VenueOrder { Header = Header<VenueOrder>(type), Sequence = i }),
        MessageType.VenuePosition => Add(ring, new VenuePosition { Header = Header<VenuePosition>(type), Request = i }),
        MessageType.VenueAnswer => Add(ring, new VenueAnswer { Header = Header<VenueAnswer>(type), Sequence = i }),
        MessageType.ExecutionChanged => Add(ring, new ExecutionChanged { Header = Header<ExecutionChanged>(type), Sequence = i }),
        _ => Add(ring, new OrderReport { Header = Header<OrderReport>(MessageType.OrderReport), Sequence = i }),
    };

    private static byte[] Add<T>(MessageRing ring, T message) where T : unmanaged
    {
        ring.Enqueue(in message);
        return Messages.AsBytes(in message).ToArray();
    }

    private static MessageHeader Header<T>(MessageType type) where T : unmanaged => MessageHeader.Create<T>(type, 1, InstrumentId.None, default, default);
}
