using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// Markets are named by their number. An order's id begins with its account, so the primary key lists an account's
/// orders, and (market, id) those of one market; both grow at one place per account.
/// </summary>
internal static class ReadModelSchema
{
    public static readonly Migration[] Migrations =
    [
        new(1, "projections and commands", """
            CREATE TABLE source (journal TEXT NOT NULL);
            CREATE TABLE watermarks (
                stream TEXT NOT NULL PRIMARY KEY,
                sequence BIGINT NOT NULL) {clustered};
            CREATE TABLE markets (
                number {id},
                symbol TEXT NOT NULL UNIQUE,
                definition {bytes} NOT NULL);
            CREATE TABLE users (
                account {id},
                email TEXT NOT NULL,
                opened_ms BIGINT NOT NULL);
            CREATE INDEX users_by_email ON users (email);
            CREATE TABLE deposits (
                account BIGINT NOT NULL,
                position BIGINT NOT NULL,
                deposit_id TEXT NOT NULL,
                asset TEXT NOT NULL,
                amount {decimal} NOT NULL,
                at_ms BIGINT NOT NULL,
                PRIMARY KEY (account, position)) {clustered};
            CREATE TABLE orders (
                id {id},
                account BIGINT NOT NULL,
                market BIGINT NOT NULL,
                client_id TEXT NOT NULL,
                side BIGINT NOT NULL,
                type BIGINT NOT NULL,
                time_in_force BIGINT NOT NULL,
                price {decimal} NOT NULL,
                quantity {decimal} NOT NULL,
                quote_amount {decimal} NOT NULL,
                iceberg_quantity {decimal} NOT NULL,
                self_trade BIGINT NOT NULL,
                placed_ms BIGINT NOT NULL,
                status BIGINT NOT NULL,
                reason BIGINT NOT NULL,
                filled {decimal} NOT NULL,
                filled_quote {decimal} NOT NULL,
                updated_ms BIGINT NOT NULL,
                decided BIGINT NOT NULL,
                ended BIGINT NOT NULL);
            CREATE INDEX orders_of_market ON orders (market, id);
            CREATE INDEX orders_by_client_id ON orders (account, client_id);
            CREATE INDEX orders_open ON orders (market, account) WHERE ended = 0;
            CREATE TABLE trades (
                market BIGINT NOT NULL,
                id BIGINT NOT NULL,
                price {decimal} NOT NULL,
                quantity {decimal} NOT NULL,
                taker_side BIGINT NOT NULL,
                taker_order BIGINT NOT NULL,
                taker_account BIGINT NOT NULL,
                maker_order BIGINT NOT NULL,
                maker_account BIGINT NOT NULL,
                taker_fee {decimal} NOT NULL,
                maker_fee {decimal} NOT NULL,
                at_ms BIGINT NOT NULL,
                PRIMARY KEY (market, id)) {clustered};
            CREATE TABLE account_trades (
                account BIGINT NOT NULL,
                market BIGINT NOT NULL,
                trade BIGINT NOT NULL,
                order_id BIGINT NOT NULL,
                PRIMARY KEY (account, market, trade, order_id)) {clustered};
            CREATE TABLE candles (
                market BIGINT NOT NULL,
                period TEXT NOT NULL,
                open_ms BIGINT NOT NULL,
                open {decimal} NOT NULL,
                high {decimal} NOT NULL,
                low {decimal} NOT NULL,
                close {decimal} NOT NULL,
                volume {decimal} NOT NULL,
                quote_volume {decimal} NOT NULL,
                trades BIGINT NOT NULL,
                PRIMARY KEY (market, period, open_ms)) {clustered};
            CREATE TABLE commands (
                id {identity},
                account BIGINT NOT NULL,
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                outcome BIGINT NOT NULL,
                received_ms BIGINT NOT NULL,
                latency_us BIGINT NOT NULL);
            """) { Postgres = PostgresTables.Settings },
        new(2, "how far all entries have been followed", "ALTER TABLE source ADD COLUMN entry BIGINT NOT NULL DEFAULT 0"),
        new(3, "conditional orders and pairs", """
            ALTER TABLE orders ADD COLUMN stop_price {decimal} NOT NULL DEFAULT '0';
            ALTER TABLE orders ADD COLUMN trailing_bps BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE orders ADD COLUMN pair_id BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE orders ADD COLUMN client_list_id TEXT NOT NULL DEFAULT '';
            ALTER TABLE orders ADD COLUMN triggered_ms BIGINT NOT NULL DEFAULT 0;
            CREATE INDEX orders_by_list_id ON orders (account, client_list_id) WHERE pair_id <> 0;
            CREATE INDEX orders_triggered ON orders (account, id) WHERE triggered_ms > 0;
            """),
        new(4, "accounts that start over", """
            CREATE TABLE resets (
                account {id},
                started_ms BIGINT NOT NULL,
                finished_ms BIGINT NOT NULL);
            CREATE INDEX resets_running ON resets (account) WHERE finished_ms = 0;
            """),

        // Without a source the journal is read from its beginning: it may hold positions that nobody projected.
        new(5, "positions and what is unfinished", """
            DELETE FROM source;
            CREATE TABLE positions (
                id {id},
                account BIGINT NOT NULL,
                market BIGINT NOT NULL,
                client_id TEXT NOT NULL,
                side BIGINT NOT NULL,
                leverage BIGINT NOT NULL,
                opened_ms BIGINT NOT NULL,
                lots BIGINT NOT NULL,
                entry_notional {decimal} NOT NULL,
                margin_put {decimal} NOT NULL,
                maintenance_bps BIGINT NOT NULL,
                stop_loss {decimal} NOT NULL,
                take_profit {decimal} NOT NULL,
                lots_left BIGINT NOT NULL,
                notional_left {decimal} NOT NULL,
                margin_left {decimal} NOT NULL,
                liquidation {decimal} NOT NULL,
                state BIGINT NOT NULL,
                cause BIGINT NOT NULL,
                level {decimal} NOT NULL,
                reached {decimal} NOT NULL,
                exit_notional {decimal} NOT NULL,
                profit {decimal} NOT NULL,
                fees {decimal} NOT NULL,
                funding {decimal} NOT NULL,
                payout {decimal} NOT NULL,
                closed_ms BIGINT NOT NULL,
                settled BIGINT NOT NULL,
                entry_fee {decimal} NOT NULL);
            CREATE INDEX positions_unsettled ON positions (market, account) WHERE settled = 0;
            CREATE TABLE position_requests (
                id {id},
                account BIGINT NOT NULL);
            CREATE TABLE announcements (
                account {id},
                made BIGINT NOT NULL,
                told BIGINT NOT NULL);
            CREATE INDEX announcements_pending ON announcements (account) WHERE told < made;
            """),
    ];

    /// <summary>Everything that comes from the journal, emptied to be projected anew. Commands are not in the journal and stay.</summary>
    public const string Clear = """
        DELETE FROM source; DELETE FROM watermarks; DELETE FROM markets; DELETE FROM users; DELETE FROM deposits;
        DELETE FROM orders; DELETE FROM trades; DELETE FROM account_trades; DELETE FROM candles; DELETE FROM resets;
        DELETE FROM positions; DELETE FROM position_requests; DELETE FROM announcements;
        """;
}
