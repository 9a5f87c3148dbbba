using System.Security.Cryptography;
using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Scenarios.Data;

/// <summary>The synthetic golden files, one per version, whose bytes and values are known by hash and by hand.</summary>
public class GoldenFileTests
{
    [Theory]
    [InlineData(1, "51cee242e4e1b770bdbb42ee2f969a8550ba5277233bc59711aa2326c3d6b195")]
    [InlineData(2, "a23ff57b5ac382a35f7551b2338614064b4ae33f01a7271c7d69e75548995b01")]
    [InlineData(3, "bb705bb795967129b8c1d57031582879ea14fd132a17e79851d3f3e8d30c6655")]
    public void The_first_records_decode_field_by_field(int version, string hash)
    {
        string path = RealFiles.Find($"dbn/golden/synthetic.mbo.v{version}.dbn");
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

        List<MarketByOrder> records = Read(path, out InstrumentDefinition instrument);

        Assert.Equal(19, records.Count);
        Assert.Equal("ESH4", instrument.Symbol.ToString());
        Assert.Equal(4916u, instrument.VenueInstrument);
        Check(records[0], eventNanos: 0x17A68E2555291000, receiveNanos: 0x17A68E2555295E20, id: 0, Price.None, quantity: 0,
            BookFlags.Snapshot | BookFlags.BadReceiveTime, BookAction.Clear, Side.None, sequence: 100);
        Check(records[1], eventNanos: 0x17A68E25552913E8, receiveNanos: 0x17A68E2555296208, id: 1, Price.From(4750), quantity: 5,
            BookFlags.Snapshot | BookFlags.BadReceiveTime, BookAction.Add, Side.Buy, sequence: 101);
        Assert.All(records.Skip(1), record => Assert.Equal(records[0].Header.Instrument, record.Header.Instrument));
    }

    [Fact]
    public void All_versions_hold_the_same_messages()
    {
        List<MarketByOrder> first = Read(RealFiles.Find("dbn/golden/synthetic.mbo.v1.dbn"), out _);
        Assert.Equal(first, Read(RealFiles.Find("dbn/golden/synthetic.mbo.v2.dbn"), out _));
        Assert.Equal(first, Read(RealFiles.Find("dbn/golden/synthetic.mbo.v3.dbn"), out _));
    }

    [Fact]
    public void The_vendors_own_sample_decodes_to_the_published_values()
    {
        MarketByOrder record = Read(RealFiles.Find("dbn/corpus/test_data.mbo.v3.dbn"), out _)[0];
        Check(record, 1609160400000429831, 1609160400000704060, 647784973705, Price.From(3722.75m), 1, BookFlags.Last, BookAction.Cancel, Side.Sell, 1170352, delta: 22993);
    }

    private static void Check(in MarketByOrder record, long eventNanos, long receiveNanos, ulong id, Price price, long quantity, BookFlags flags, BookAction action,
        Side side, uint sequence, int delta = 20_000)
    {
        Assert.Equal(eventNanos, record.Header.EventTime.Nanos);
        Assert.Equal(receiveNanos, record.Header.ReceiveTime.Nanos);
        Assert.Equal(id, record.OrderId);
        Assert.Equal(price, record.Price);
        Assert.Equal(Quantity.Units(quantity), record.Quantity);
        Assert.Equal(flags, record.Flags);
        Assert.Equal(action, record.Action);
        Assert.Equal(side, record.Side);
        Assert.Equal(sequence, record.Sequence);
        Assert.Equal(delta, record.SendDelta);
    }

    private static List<MarketByOrder> Read(string path, out InstrumentDefinition instrument)
    {
        using DbnSource source = DbnFile.Open(path);
        List<MarketByOrder> records = [];
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = source.Read(buffer)) > 0;)
            for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, length); !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..])
                if (Messages.Header(rest).Type == MessageType.MarketByOrder) records.Add(Messages.As<MarketByOrder>(rest));
        instrument = source.Registry[new InstrumentId(0)];
        return records;
    }
}
