"""The first form of the book"""

import sqlalchemy as sa
from alembic import op

from database.types import ExactDecimal, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Does this step."""
    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
        sa.UniqueConstraint("uid", name=op.f("uq_book_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["category.id"], name=op.f("fk_category_parent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("uid", name=op.f("uq_category_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_category_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_category_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.Column("name_en_key", sa.String(), nullable=True),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.Column("is_buyer", sa.Boolean(), nullable=False),
        sa.Column("is_agent", sa.Boolean(), nullable=False),
        sa.Column("is_forwarder", sa.Boolean(), nullable=False),
        sa.Column("business_type", sa.String(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("website_host", sa.String(), nullable=True),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("tax_number", sa.String(), nullable=True),
        sa.Column("main_products", sa.String(), nullable=True),
        sa.Column("markets", sa.String(), nullable=True),
        sa.Column("established_year", sa.Integer(), nullable=True),
        sa.Column("employees", sa.String(), nullable=True),
        sa.Column("factory_area", sa.String(), nullable=True),
        sa.Column("registered_capital", sa.String(), nullable=True),
        sa.Column("payment_terms", sa.String(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("first_contact_on", sa.Date(), nullable=True),
        sa.Column("next_action", sa.String(), nullable=True),
        sa.Column("next_action_on", sa.Date(), nullable=True),
        sa.Column("custom", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("uid", name=op.f("uq_company_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.create_index("ix_company_buyer_name", ["is_buyer", "name_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_name_en_key"), ["name_en_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_name_key"), ["name_key"], unique=False)
        batch_op.create_index("ix_company_supplier_name", ["is_supplier", "name_zh"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_uscc"), ["uscc"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_website_host"), ["website_host"], unique=False)

    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
        sa.UniqueConstraint("name", name=op.f("uq_counter_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("valid_on", sa.Date(), nullable=False),
        sa.Column("rate", ExactDecimal(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rate")),
        sa.UniqueConstraint(
            "currency", "valid_on", name=op.f("uq_exchange_rate_currency_valid_on")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_exchange_rate_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=True),
        sa.Column("height_px", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_file_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_file_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "freight_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("port_of_loading", sa.String(), nullable=True),
        sa.Column("port_of_destination", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("minimum", ExactDecimal(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freight_rate")),
        sa.UniqueConstraint("uid", name=op.f("uq_freight_rate_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("freight_rate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_freight_rate_port_of_destination"), ["port_of_destination"], unique=False
        )

    op.create_table(
        "glossary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary")),
        sa.UniqueConstraint("uid", name=op.f("uq_glossary_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("layout_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout")),
        sa.UniqueConstraint("layout_key", name=op.f("uq_layout_layout_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_layout_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "message_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_message_template_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["operation.id"], name=op.f("fk_operation_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operation_reverses_id"), ["reverses_id"], unique=False)

    op.create_table(
        "rebate_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("hs_code", sa.String(), nullable=False),
        sa.Column("rate", ExactDecimal(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebate_rate")),
        sa.UniqueConstraint("uid", name=op.f("uq_rebate_rate_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rebate_rate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rebate_rate_hs_code"), ["hs_code"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=True),
        sa.Column("sort", sa.String(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_view_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_setting_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "standard_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_text")),
        sa.UniqueConstraint("uid", name=op.f("uq_standard_text_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_tag_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "vat_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rate", ExactDecimal(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vat_rate")),
        sa.UniqueConstraint("uid", name=op.f("uq_vat_rate_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_address_company_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("uid", name=op.f("uq_address_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_company_id"), ["company_id"], unique=False)

    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_alias_company_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint("uid", name=op.f("uq_alias_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alias_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alias_name_key"), ["name_key"], unique=False)

    op.create_table(
        "booth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("fair", sa.String(), nullable=True),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("phase", sa.String(), nullable=True),
        sa.Column("hall", sa.String(), nullable=True),
        sa.Column("booth", sa.String(), nullable=False),
        sa.Column("walking_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_booth_company_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth")),
        sa.UniqueConstraint("uid", name=op.f("uq_booth_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_booth"), ["booth"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_company_id"), ["company_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("job_title", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("custom", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_contact_company_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_company_id"), ["company_id"], unique=False)

    op.create_table(
        "current_operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_current_operation_operation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_current_operation")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("sheet_name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_import_batch_operation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_batch_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batch_operation_id"), ["operation_id"], unique=False
        )

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_journal_operation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_operation", ["operation_id"], unique=False)
        batch_op.create_index("ix_journal_row", ["table_name", "row_id"], unique=False)

    op.create_table(
        "not_duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_not_duplicate_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["company.id"], name=op.f("fk_not_duplicate_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_duplicate")),
        sa.UniqueConstraint(
            "company_id", "other_id", name=op.f("uq_not_duplicate_company_id_other_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_not_duplicate_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("not_duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_duplicate_other_id"), ["other_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("item_number", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("material", sa.String(), nullable=True),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("colour", sa.String(), nullable=True),
        sa.Column("brand", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("moq", ExactDecimal(), nullable=True),
        sa.Column("hs_code", sa.String(), nullable=True),
        sa.Column("barcode", sa.String(), nullable=True),
        sa.Column("origin", sa.String(length=2), nullable=True),
        sa.Column("lead_time_days_min", sa.Integer(), nullable=True),
        sa.Column("lead_time_days_max", sa.Integer(), nullable=True),
        sa.Column("packing", sa.String(), nullable=True),
        sa.Column("pieces_per_carton", sa.Integer(), nullable=True),
        sa.Column("carton_length_cm", ExactDecimal(), nullable=True),
        sa.Column("carton_width_cm", ExactDecimal(), nullable=True),
        sa.Column("carton_height_cm", ExactDecimal(), nullable=True),
        sa.Column("carton_cbm", ExactDecimal(), nullable=True),
        sa.Column("net_weight_kg", ExactDecimal(), nullable=True),
        sa.Column("gross_weight_kg", ExactDecimal(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("custom", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["category.id"],
            name=op.f("fk_product_category_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["company.id"], name=op.f("fk_product_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("uid", name=op.f("uq_product_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_item_number"), ["item_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(
            "ix_product_supplier_item", ["supplier_id", "item_number"], unique=False
        )

    op.create_table(
        "seller_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("address_zh", sa.String(), nullable=True),
        sa.Column("address_en", sa.String(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("tax_number", sa.String(), nullable=True),
        sa.Column("bank_beneficiary", sa.String(), nullable=True),
        sa.Column("bank_name", sa.String(), nullable=True),
        sa.Column("bank_address", sa.String(), nullable=True),
        sa.Column("bank_account", sa.String(), nullable=True),
        sa.Column("bank_swift", sa.String(), nullable=True),
        sa.Column("bank_notes", sa.String(), nullable=True),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["logo_id"], ["file.id"], name=op.f("fk_seller_profile_logo_id")),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["file.id"], name=op.f("fk_seller_profile_signature_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_profile")),
        sa.UniqueConstraint("uid", name=op.f("uq_seller_profile_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("seller_profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seller_profile_logo_id"), ["logo_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_seller_profile_signature_id"), ["signature_id"], unique=False
        )

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_certificate_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_certificate_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("uid", name=op.f("uq_certificate_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_expires_on"), ["expires_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_product_id"), ["product_id"], unique=False)

    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("normal", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_contact_point_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_contact_point_contact_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_point_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_point_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_point_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_point_normal"), ["normal"], unique=False)

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("channel_detail", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("original_text", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("lost_reason", sa.String(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("first_answered_at", UtcDateTime(), nullable=True),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("required_by_on", sa.Date(), nullable=True),
        sa.Column("certificates", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("next_action", sa.String(), nullable=True),
        sa.Column("next_action_on", sa.Date(), nullable=True),
        sa.Column("comparison_basis", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["company.id"], name=op.f("fk_inquiry_buyer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_inquiry_contact_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("number", name=op.f("uq_inquiry_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_inquiry_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiry_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inquiry_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_inquiry_next_action_on"), ["next_action_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inquiry_stage"), ["stage"], unique=False)

    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_picture_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_picture_file_id")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_picture_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("uid", name=op.f("uq_picture_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_product_id"), ["product_id"], unique=False)

    op.create_table(
        "price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("min_quantity", ExactDecimal(), nullable=True),
        sa.Column("max_quantity", ExactDecimal(), nullable=True),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("includes_vat", sa.Boolean(), nullable=True),
        sa.Column("vat_rate", ExactDecimal(), nullable=True),
        sa.Column("quoted_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_price_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
        sa.UniqueConstraint("uid", name=op.f("uq_price_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_price_product_id"), ["product_id"], unique=False)

    op.create_table(
        "inquiry_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("specification", sa.String(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("quantity_text", sa.String(), nullable=True),
        sa.Column("target_price", ExactDecimal(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("required_by_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_inquiry_line_inquiry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_inquiry_line_product_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_inquiry_line_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inquiry_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inquiry_line_inquiry_id"), ["inquiry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inquiry_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "not_same_inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_not_same_inquiry_inquiry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["inquiry.id"],
            name=op.f("fk_not_same_inquiry_other_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_same_inquiry")),
        sa.UniqueConstraint(
            "inquiry_id", "other_id", name=op.f("uq_not_same_inquiry_inquiry_id_other_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_not_same_inquiry_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("not_same_inquiry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_not_same_inquiry_other_id"), ["other_id"], unique=False
        )

    op.create_table(
        "quotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["company.id"], name=op.f("fk_quotation_buyer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_quotation_contact_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_quotation_inquiry_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["seller_profile.id"],
            name=op.f("fk_quotation_profile_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation")),
        sa.UniqueConstraint("number", name=op.f("uq_quotation_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_quotation_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotation_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotation_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotation_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotation_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotation_state"), ["state"], unique=False)

    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("shows_buyer", sa.Boolean(), nullable=False),
        sa.Column("shows_target", sa.Boolean(), nullable=False),
        sa.Column("respond_by_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_request_inquiry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_request_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_respond_by_on"), ["respond_by_on"], unique=False
        )

    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_thread_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_thread_inquiry_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("uid", name=op.f("uq_thread_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_next_step_on"), ["next_step_on"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_follow_up_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_follow_up_inquiry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_follow_up_quotation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_follow_up_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("uid", name=op.f("uq_follow_up_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_follow_up_quotation_id"), ["quotation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_follow_up_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("recipients", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("mail_id", sa.String(), nullable=True),
        sa.Column("in_reply_to", sa.String(), nullable=True),
        sa.Column("reply_chain", sa.String(), nullable=True),
        sa.Column("content_key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_message_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("uid", name=op.f("uq_message_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_content_key"), ["content_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_note_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_note_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_note_inquiry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_note_product_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_note_quotation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("uid", name=op.f("uq_note_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_quotation_id"), ["quotation_id"], unique=False)

    op.create_table(
        "request_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_line_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("specification", sa.String(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_line_id"],
            ["inquiry_line.id"],
            name=op.f("fk_request_line_inquiry_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_request_line_product_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["request.id"],
            name=op.f("fk_request_line_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_request_line_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_line_inquiry_line_id"), ["inquiry_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_request_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_request_line_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "request_supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_request_supplier_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_request_supplier_contact_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["request.id"],
            name=op.f("fk_request_supplier_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_supplier")),
        sa.UniqueConstraint(
            "request_id", "company_id", name=op.f("uq_request_supplier_request_id_company_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_request_supplier_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("request_supplier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_supplier_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_request_supplier_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_request_supplier_remind_on"), ["remind_on"], unique=False
        )

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("buyer_name", sa.String(), nullable=True),
        sa.Column("buyer_address", sa.String(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("seller", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("fx_rate", ExactDecimal(), nullable=True),
        sa.Column("fx_on", sa.Date(), nullable=True),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("payment_terms", sa.String(), nullable=True),
        sa.Column("payment", sa.String(), nullable=True),
        sa.Column("lead_time", sa.String(), nullable=True),
        sa.Column("shipment", sa.String(), nullable=True),
        sa.Column("port_of_loading", sa.String(), nullable=True),
        sa.Column("port_of_destination", sa.String(), nullable=True),
        sa.Column("allows_partial_shipment", sa.Boolean(), nullable=True),
        sa.Column("allows_transhipment", sa.Boolean(), nullable=True),
        sa.Column("marks", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("internal_note", sa.String(), nullable=True),
        sa.Column("shows_bank", sa.Boolean(), nullable=False),
        sa.Column("margin_floor", ExactDecimal(), nullable=True),
        sa.Column("costing", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_revision_quotation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "quotation_id", "revision", name=op.f("uq_revision_quotation_id_revision")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_revision_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_valid_until"), ["valid_until"], unique=False)

    op.create_table(
        "tag_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_tag_link_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_tag_link_inquiry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_tag_link_product_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_tag_link_quotation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("fk_tag_link_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_link")),
        sa.UniqueConstraint("uid", name=op.f("uq_tag_link_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tag_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tag_link_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tag_link_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tag_link_product_id"), ["product_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tag_link_quotation_id"), ["quotation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tag_link_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.Column("content_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_attachment_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_attachment_file_id")),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_attachment_inquiry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_attachment_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_attachment_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_attachment_quotation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_product_id"), ["product_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attachment_quotation_id"), ["quotation_id"], unique=False
        )

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("includes_vat", sa.Boolean(), nullable=True),
        sa.Column("vat_rate", ExactDecimal(), nullable=True),
        sa.Column("payment_terms", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_offer_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_offer_inquiry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_offer_message_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_offer_request_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("uid", name=op.f("uq_offer_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_valid_until"), ["valid_until"], unique=False)

    op.create_table(
        "quotation_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_line_id", sa.Integer(), nullable=True),
        sa.Column("picture_file_id", sa.Integer(), nullable=True),
        sa.Column("line_uid", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_optional", sa.Boolean(), nullable=False),
        sa.Column("alternative_to", sa.String(length=32), nullable=True),
        sa.Column("item_number", sa.String(), nullable=True),
        sa.Column("buyer_item_number", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("price", ExactDecimal(), nullable=True),
        sa.Column("discount_percent", ExactDecimal(), nullable=True),
        sa.Column("moq", ExactDecimal(), nullable=True),
        sa.Column("hs_code", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("lead_time", sa.String(), nullable=True),
        sa.Column("packing", sa.String(), nullable=True),
        sa.Column("pieces_per_carton", sa.Integer(), nullable=True),
        sa.Column("carton_length_cm", ExactDecimal(), nullable=True),
        sa.Column("carton_width_cm", ExactDecimal(), nullable=True),
        sa.Column("carton_height_cm", ExactDecimal(), nullable=True),
        sa.Column("carton_cbm", ExactDecimal(), nullable=True),
        sa.Column("net_weight_kg", ExactDecimal(), nullable=True),
        sa.Column("gross_weight_kg", ExactDecimal(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("cost", ExactDecimal(), nullable=True),
        sa.Column("cost_currency", sa.String(length=3), nullable=True),
        sa.Column("cost_has_invoice", sa.Boolean(), nullable=True),
        sa.Column("cost_incoterm", sa.String(), nullable=True),
        sa.Column("cost_place", sa.String(), nullable=True),
        sa.Column("is_cost_emptied", sa.Boolean(), nullable=False),
        sa.Column("cost_source", sa.String(), nullable=True),
        sa.Column("cost_sheet", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_line_id"],
            ["inquiry_line.id"],
            name=op.f("fk_quotation_line_inquiry_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["picture_file_id"], ["file.id"], name=op.f("fk_quotation_line_picture_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_quotation_line_product_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_quotation_line_revision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_quotation_line_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quotation_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quotation_line_inquiry_line_id"), ["inquiry_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_quotation_line_picture_file_id"), ["picture_file_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_quotation_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_quotation_line_revision_id"), ["revision_id"], unique=False
        )

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_line_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("wording", sa.String(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("moq", ExactDecimal(), nullable=True),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("payment_terms", sa.String(), nullable=True),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("extras", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_line_id"],
            ["inquiry_line.id"],
            name=op.f("fk_round_inquiry_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_round_message_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_round_product_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_round_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("uid", name=op.f("uq_round_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_round_inquiry_line_id"), ["inquiry_line_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_round_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "offer_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_line_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(), nullable=True),
        sa.Column("specification", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("moq", ExactDecimal(), nullable=True),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("packing", sa.String(), nullable=True),
        sa.Column("pieces_per_carton", sa.Integer(), nullable=True),
        sa.Column("carton_cbm", ExactDecimal(), nullable=True),
        sa.Column("gross_weight_kg", ExactDecimal(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_line_id"],
            ["inquiry_line.id"],
            name=op.f("fk_offer_line_inquiry_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_line_offer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_offer_line_product_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_offer_line_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_line_inquiry_line_id"), ["inquiry_line_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_offer_line_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_line_product_id"), ["product_id"], unique=False)

    op.create_table(
        "quotation_tier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("min_quantity", ExactDecimal(), nullable=False),
        sa.Column("max_quantity", ExactDecimal(), nullable=True),
        sa.Column("price", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["quotation_line.id"],
            name=op.f("fk_quotation_tier_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation_tier")),
        sa.UniqueConstraint("uid", name=op.f("uq_quotation_tier_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quotation_tier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotation_tier_line_id"), ["line_id"], unique=False)

    op.create_table(
        "round_tier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("min_quantity", ExactDecimal(), nullable=True),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_tier_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_tier")),
        sa.UniqueConstraint("uid", name=op.f("uq_round_tier_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("round_tier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_tier_round_id"), ["round_id"], unique=False)

    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("inquiry_line_id", sa.Integer(), nullable=False),
        sa.Column("offer_line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_line_id"],
            ["inquiry_line.id"],
            name=op.f("fk_award_inquiry_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["offer_line_id"],
            ["offer_line.id"],
            name=op.f("fk_award_offer_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("uid", name=op.f("uq_award_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_award_inquiry_line_id"), ["inquiry_line_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_award_offer_line_id"), ["offer_line_id"], unique=False)

    op.create_table(
        "cost_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("offer_line_id", sa.Integer(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("has_invoice", sa.Boolean(), nullable=True),
        sa.Column("incoterm", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["quotation_line.id"],
            name=op.f("fk_cost_part_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["offer_line_id"],
            ["offer_line.id"],
            name=op.f("fk_cost_part_offer_line_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_part")),
        sa.UniqueConstraint("uid", name=op.f("uq_cost_part_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cost_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_part_line_id"), ["line_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cost_part_offer_line_id"), ["offer_line_id"], unique=False
        )

    op.create_table(
        "offer_tier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("offer_line_id", sa.Integer(), nullable=False),
        sa.Column("min_quantity", ExactDecimal(), nullable=True),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_line_id"],
            ["offer_line.id"],
            name=op.f("fk_offer_tier_offer_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_tier")),
        sa.UniqueConstraint("uid", name=op.f("uq_offer_tier_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_tier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_tier_offer_line_id"), ["offer_line_id"], unique=False
        )
